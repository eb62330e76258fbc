-- Those of the lines (each product and location once) that the levels cannot give, as the contracts show them; null when
-- they can give all.
create or replace function inventory.short_lines(p_products uuid[], p_locations uuid[], p_quantities numeric[])
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object(
    'productId', asked.product_id,
    'locationId', asked.location_id,
    'requested', trim_scale(asked.quantity)::text,
    'available', trim_scale(coalesce(level.on_hand - level.reserved, 0))::text
  ) order by asked.product_id, asked.location_id)
  from unnest(p_products, p_locations, p_quantities) as asked (product_id, location_id, quantity)
  left join inventory.stock_levels as level using (product_id, location_id)
  where coalesce(level.on_hand - level.reserved, 0) < asked.quantity;
$$;

revoke execute on function inventory.short_lines(uuid[], uuid[], numeric[]) from public;
