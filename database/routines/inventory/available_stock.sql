-- What is on hand and not reserved, at one location or at all together; overdue holds count until they are ended. Row
-- security decides what the caller sees of it.
create or replace function inventory.available_stock(p_product_id uuid, p_location_id uuid default null) returns numeric
language sql stable
set search_path = ''
as $$
  select coalesce(sum(on_hand - reserved), 0)
  from inventory.stock_levels
  where product_id = p_product_id and (p_location_id is null or location_id = p_location_id);
$$;

revoke execute on function inventory.available_stock(uuid, uuid) from public;
grant execute on function inventory.available_stock(uuid, uuid) to bodega_user;
