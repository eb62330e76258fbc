-- One line of the ledger, with its effect on the level and the lot; for a transfer both sides, the lot going along.
-- `p_delta` may be a part of the line's. The level is locked.
create or replace function inventory.write_movement(
  p_document inventory.movement_document, p_line inventory.movement_line, p_delta numeric, p_lot_id uuid
) returns void
language plpgsql
set search_path = ''
as $$
declare
  level inventory.stock_levels;
  lot   inventory.lots;
begin
  update inventory.stock_levels
  set on_hand = on_hand + p_delta, position = position + 1,
    reserved = reserved - case when p_line.frees is null then 0 else -p_delta end
  where product_id = p_line.product_id and location_id = p_line.location_id
  returning * into strict level;
  if p_lot_id is not null then
    update inventory.lots set on_hand = on_hand + p_delta where id = p_lot_id returning * into strict lot;
  end if;
  insert into inventory.movements (
    document_id, product_id, location_id, position, type, delta, balance_after, lot_id, reason, reference,
    reservation_id, undoes, created_by, key
  )
  values (
    p_document.id, level.product_id, level.location_id, level.position, p_line.type, p_delta, level.on_hand, p_lot_id,
    p_document.reason, p_document.reference, p_document.reservation_id, p_line.undoes, p_document.created_by,
    p_document.key
  );
  if p_line.to_location_id is not null then
    perform inventory.write_movement(
      p_document,
      row(
        'transfer_in', p_line.product_id, p_line.to_location_id, -p_delta, null, null, null, null, null, null
      )::inventory.movement_line,
      -p_delta,
      inventory.find_lot(p_line.product_id, p_line.to_location_id, lot.code, lot.expires_on)
    );
  end if;
end
$$;

revoke execute on function inventory.write_movement(
  inventory.movement_document, inventory.movement_line, numeric, uuid
) from public;
