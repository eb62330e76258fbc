-- Locks those of the levels that nobody else has locked, in the order of their keys and without waiting, and answers the
-- others.
create or replace function inventory.lock_free_levels(p_products uuid[], p_locations uuid[])
returns table (product_id uuid, location_id uuid)
language sql volatile
set search_path = ''
as $$
  with locked as materialized (
    select level.product_id, level.location_id
    from inventory.stock_levels as level
    where (level.product_id, level.location_id) in (select * from unnest(p_products, p_locations))
    order by level.product_id, level.location_id
    for no key update skip locked
  )
  select level.product_id, level.location_id
  from inventory.stock_levels as level
  where (level.product_id, level.location_id) in (select * from unnest(p_products, p_locations))
    and not exists (
      select from locked where locked.product_id = level.product_id and locked.location_id = level.location_id
    );
$$;

revoke execute on function inventory.lock_free_levels(uuid[], uuid[]) from public;
