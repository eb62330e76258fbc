-- An outflow, a movement a lot: what expires first first, and what is of no lot last. A sale takes what has expired only
-- when there is nothing else. A line that names a lot takes from that alone; one that takes a movement back, from where
-- that one had put it. The level is locked, and has enough.
create or replace function inventory.take_from_lots(
  p_document inventory.movement_document, p_line inventory.movement_line
) returns void
language plpgsql
set search_path = ''
as $$
declare
  missing  numeric := -p_line.delta;
  -- What may be taken of no lot.
  loose    numeric := case
    when p_line.lot_id is not null or p_line.lot_code is not null then 0
    else inventory.stock_of_no_lot(p_line.product_id, p_line.location_id)
  end;
  portion  numeric;
  lot      record;
begin
  if p_line.undoes is null or p_line.lot_id is not null then
    for lot in
      select id, on_hand, p_line.type = 'sale' and coalesce(expires_on < inventory.shop_today(), false) as is_unfit
      from inventory.lots
      where product_id = p_line.product_id and location_id = p_line.location_id and on_hand > 0
        and (p_line.lot_id is null or id = p_line.lot_id)
        and (p_line.lot_code is null or code = p_line.lot_code)
        and (p_line.expires_on is null or expires_on = p_line.expires_on)
      order by is_unfit, expires_on nulls last, received_at, id
    loop
      if lot.is_unfit and loose > 0 and missing > 0 then
        portion := least(missing, loose);
        perform inventory.write_movement(p_document, p_line, -portion, null);
        missing := missing - portion;
        loose := loose - portion;
      end if;
      exit when missing = 0;
      portion := least(missing, lot.on_hand);
      perform inventory.write_movement(p_document, p_line, -portion, lot.id);
      missing := missing - portion;
    end loop;
  end if;
  if missing > loose then
    perform inventory.refuse('IV001', 'the lot has not so much', jsonb_build_array(jsonb_build_object(
      'productId', p_line.product_id, 'locationId', p_line.location_id, 'lot', p_line.lot_code,
      'requested', trim_scale(-p_line.delta)::text, 'available', trim_scale(-p_line.delta - missing + loose)::text
    )));
  end if;
  if missing > 0 then
    perform inventory.write_movement(p_document, p_line, -missing, null);
  end if;
end
$$;

revoke execute on function inventory.take_from_lots(
  inventory.movement_document, inventory.movement_line
) from public;
