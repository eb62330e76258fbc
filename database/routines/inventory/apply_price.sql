-- Sets a product's cost, and its price by the margin (in per cent of the cost), under the product's lock; keeps what they
-- were. Raises no_data_found, IV006 for a margin below the category's minimum, invalid_parameter_value,
-- insufficient_privilege.
create or replace function inventory.apply_price(p_product_id uuid, p_cost numeric, p_margin_percent numeric)
returns inventory.price_changes
language plpgsql security definer
set search_path = ''
as $$
declare
  caller        constant text := inventory.require_caller(array['admin']);
  product   catalog.products;
  rule      inventory.margin_rules;
  new_price numeric;
  change    inventory.price_changes;
begin
  if (p_cost > 0 and p_margin_percent > -100) is not true then
    raise exception 'a price needs a cost above 0 and a margin above -100 %%'
    using errcode = 'invalid_parameter_value';
  end if;
  select * into product
  from catalog.products where id = p_product_id and deletion_status = 'active'
  for no key update;
  if not found then
    raise exception 'no product has this id' using errcode = 'no_data_found';
  end if;
  rule := inventory.margin_rule(product.category);
  if p_margin_percent < rule.minimum_percent then
    perform inventory.refuse('IV006', 'the margin is below the minimum of its category',
      jsonb_build_array(jsonb_build_object(
        'path', 'marginPercent', 'category', product.category,
        'marginPercent', trim_scale(p_margin_percent)::text,
        'minimumPercent', trim_scale(rule.minimum_percent)::text,
        'minimumPrice', inventory.round_price(
          p_cost * (1 + rule.minimum_percent / 100), product.currency, 'up'
        )::numeric(14, 2)::text
      )));
  end if;
  new_price := inventory.price_of(p_cost, p_margin_percent, rule.minimum_percent, product.currency);
  update catalog.products as priced set cost = p_cost, price = new_price where priced.id = p_product_id;
  insert into inventory.price_changes (
    product_id, cost_before, cost, price_before, price, currency, margin_percent, created_by
  )
  values (
    p_product_id, product.cost, p_cost, product.price, new_price, product.currency,
    round((new_price - p_cost) * 100 / p_cost, 3), caller
  )
  returning * into change;
  perform platform.publish_event('stock', product.supplier_id, jsonb_build_object(
    'phase', 'priced', 'productId', p_product_id, 'price', new_price::text, 'at', now(), 'traceId', platform.trace_id()
  ));
  return change;
end
$$;

revoke execute on function inventory.apply_price(uuid, numeric, numeric) from public;
grant execute on function inventory.apply_price(uuid, numeric, numeric) to bodega_user;
