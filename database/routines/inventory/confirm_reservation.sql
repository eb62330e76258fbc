-- Sells what was reserved: one `sale` movement a lot, what expires first first. Answers the document's id, which is the
-- reservation's. Raises no_data_found, IV002, insufficient_privilege.
create or replace function inventory.confirm_reservation(p_id uuid, p_key text default null) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
  reservation inventory.reservations := inventory.lock_reservation(p_id);
begin
  update inventory.reservations
  set state = 'confirmed', closed_at = clock_timestamp(), closed_by = caller
  where id = p_id;
  perform inventory.post_movements(
    row(p_id, caller, null, reservation.reference, p_key, p_id)::inventory.movement_document,
    array(
      select row(
        'sale', product_id, location_id, -quantity, quantity, null, null, null, null, null
      )::inventory.movement_line
      from inventory.reservation_lines
      where reservation_id = p_id
      order by product_id, location_id
    ),
    'confirmed'
  );
  return p_id;
end
$$;

revoke execute on function inventory.confirm_reservation(uuid, text) from public;
grant execute on function inventory.confirm_reservation(uuid, text) to bodega_user;
