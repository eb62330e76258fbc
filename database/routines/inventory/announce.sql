-- Tells the topic `stock` what happened to these products: one event for the shop, or, where products of sellers are
-- among them, one per seller with their own lines. `p_wake` false: readers notice it at their next look (≤ 1 s) rather
-- than at once; a notification would make commits queue behind one another, which the hot path cannot afford.
create or replace function inventory.announce(
  p_phase text, p_products uuid[], p_locations uuid[], p_more jsonb default '{}', p_wake boolean default true
) returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into platform.events (topic, supplier_id, payload, trace_id)
  select 'stock', supplier_id, payload, platform.trace_id()
  from (
    select product.supplier_id, p_more || jsonb_build_object(
      'phase', p_phase,
      'lines', jsonb_agg(jsonb_build_object('productId', line.product_id, 'locationId', line.location_id)),
      'at', now(),
      'traceId', platform.trace_id()
    ) as payload
    from (
      select distinct product_id, location_id, (row_number() over () - 1) / 100 as part
      from unnest(p_products, p_locations) as given (product_id, location_id)
    ) as line
    join catalog.products as product on product.id = line.product_id
    group by product.supplier_id, line.part
  ) as event;
  if p_wake then
    perform pg_notify('bodega_events', '');
  end if;
end
$$;

revoke execute on function inventory.announce(text, uuid[], uuid[], jsonb, boolean) from public;
