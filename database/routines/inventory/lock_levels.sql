-- Locks stock levels in the order of their keys, the one order in which everybody does, and answers how many there are.
create or replace function inventory.lock_levels(p_products uuid[], p_locations uuid[]) returns integer
language plpgsql
set search_path = ''
as $$
declare
  locked integer;
begin
  perform from inventory.stock_levels as level
  where (level.product_id, level.location_id) in (select * from unnest(p_products, p_locations))
  order by level.product_id, level.location_id
  for no key update;
  get diagnostics locked = row_count;
  return locked;
end
$$;

revoke execute on function inventory.lock_levels(uuid[], uuid[]) from public;
