-- What people should look at: `out` (nothing free where there was something, or where there should be), `low` (at or
-- below the reorder point), `expiring` (a lot that expires within `p_days`, or has). At most `p_limit` of each.
create or replace function inventory.find_stock_alerts(p_days integer, p_limit integer default 500)
returns table (kind text, product_id uuid, location_id uuid, cause text, title text, due_on date)
language sql stable
set search_path = ''
as $$
  (
    select case when level.on_hand - level.reserved <= 0 then 'out' else 'low' end,
      level.product_id, level.location_id,
      'stock:' || level.product_id || ':' || level.location_id,
      left(product.name, 200) || ' · ' || location.name, null::date
    from inventory.stock_levels as level
    join catalog.products as product on product.id = level.product_id
    join inventory.locations as location on location.id = level.location_id
    where product.deletion_status = 'active' and product.is_active and location.is_active
      and (
        level.on_hand - level.reserved <= level.reorder_point
        or (level.on_hand - level.reserved <= 0 and level.position > 0)
      )
    order by level.on_hand - level.reserved, level.product_id, level.location_id
    limit p_limit
  )
  union all
  (
    select 'expiring', lot.product_id, lot.location_id, 'lot:' || lot.id,
      left(product.name, 200) || ' · ' || location.name, lot.expires_on
    from inventory.lots as lot
    join catalog.products as product on product.id = lot.product_id
    join inventory.locations as location on location.id = lot.location_id
    where lot.on_hand > 0 and lot.expires_on <= inventory.shop_today() + p_days
    order by lot.expires_on, lot.id
    limit p_limit
  );
$$;

revoke execute on function inventory.find_stock_alerts(integer, integer) from public;
