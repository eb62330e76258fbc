-- Sets from which amount on a product is to be reordered at a location, and up to which it is filled; null clears.
-- Raises foreign_key_violation, check_violation, insufficient_privilege.
create or replace function inventory.set_stock_limits(
  p_product_id uuid, p_location_id uuid, p_reorder_point numeric, p_maximum numeric
) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  insert into inventory.stock_levels (product_id, location_id, reorder_point, maximum)
  values (p_product_id, p_location_id, p_reorder_point, p_maximum)
  on conflict (product_id, location_id) do update
  set reorder_point = excluded.reorder_point, maximum = excluded.maximum;
end
$$;

revoke execute on function inventory.set_stock_limits(uuid, uuid, numeric, numeric) from public;
grant execute on function inventory.set_stock_limits(uuid, uuid, numeric, numeric) to bodega_user;
