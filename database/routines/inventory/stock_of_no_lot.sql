-- What is on hand of a level beside its lots.
create or replace function inventory.stock_of_no_lot(p_product_id uuid, p_location_id uuid) returns numeric
language sql stable
set search_path = ''
as $$
  select level.on_hand - coalesce((
    select sum(lot.on_hand) from inventory.lots as lot
    where lot.product_id = level.product_id and lot.location_id = level.location_id
  ), 0)
  from inventory.stock_levels as level
  where level.product_id = p_product_id and level.location_id = p_location_id;
$$;

revoke execute on function inventory.stock_of_no_lot(uuid, uuid) from public;
