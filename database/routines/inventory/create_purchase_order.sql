-- Makes a draft order of `p_lines`, `[{"productId", "quantity", "unitCost"?}]`, and answers its id. Raises
-- unique_violation for a product that comes twice, foreign_key_violation, check_violation, insufficient_privilege.
create or replace function inventory.create_purchase_order(
  p_supplier_id uuid, p_location_id uuid, p_lines jsonb, p_expected_on date default null, p_note text default null
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse']);
  v_order_id uuid;
begin
  insert into inventory.purchase_orders (supplier_id, location_id, expected_on, note, created_by)
  values (p_supplier_id, p_location_id, p_expected_on, p_note, caller)
  returning id into v_order_id;
  perform inventory.write_order_lines(v_order_id, p_lines);
  return v_order_id;
end
$$;

revoke execute on function inventory.create_purchase_order(uuid, uuid, jsonb, date, text) from public;
grant execute on function inventory.create_purchase_order(uuid, uuid, jsonb, date, text) to bodega_user;
