-- Changes a draft as a whole. Raises no_data_found, IV007 when it was sent already, and as `create_purchase_order`.
create or replace function inventory.change_purchase_order(
  p_id uuid, p_supplier_id uuid, p_location_id uuid, p_lines jsonb, p_expected_on date, p_note text
) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  perform inventory.lock_order(p_id, array['draft']);
  update inventory.purchase_orders
  set supplier_id = p_supplier_id, location_id = p_location_id, expected_on = p_expected_on, note = p_note
  where id = p_id;
  perform inventory.write_order_lines(p_id, p_lines);
end
$$;

revoke execute on function inventory.change_purchase_order(uuid, uuid, uuid, jsonb, date, text) from public;
grant execute on function inventory.change_purchase_order(uuid, uuid, uuid, jsonb, date, text) to bodega_user;
