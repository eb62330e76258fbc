-- Sets levels of one location to what was counted: compare-and-set, so that a count of goods that moved meanwhile changes
-- nothing. `p_lines` is `[{"productId", "counted", "countedFrom"}]`, the last being the level's `position` that the
-- counter saw (0 for a product that never lay there). Differences become `adjustment` movements with the count's id as
-- their document; nothing can be counted below what is reserved. Answers the count's id. Raises IV004 with the lines that
-- moved, IV001, invalid_parameter_value, foreign_key_violation, insufficient_privilege.
create or replace function inventory.record_count(
  p_location_id uuid, p_lines jsonb, p_note text default null, p_key text default null
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller        constant text := inventory.require_caller(array['admin', 'warehouse']);
  new_id    constant uuid := platform.uuid_v7();
  products  uuid[];
  amounts   numeric[];
  positions bigint[];
  outdated  jsonb;
  lines     inventory.movement_line[];
begin
  select array_agg(line."productId" order by line."productId"), array_agg(line.counted order by line."productId"),
    array_agg(coalesce(line."countedFrom", 0) order by line."productId")
  into products, amounts, positions
  from jsonb_to_recordset(p_lines) as line ("productId" uuid, counted numeric, "countedFrom" bigint);
  if (cardinality(products) between 1 and 5000) is not true
    or exists (select from unnest(amounts) as amount where (amount >= 0) is not true)
    or cardinality(products) <> (select count(distinct product) from unnest(products) as product)
  then
    raise exception 'a count has 1 to 5000 lines, each of another product and not below 0'
    using errcode = 'invalid_parameter_value';
  end if;
  insert into inventory.stock_levels (product_id, location_id)
  select product, p_location_id from unnest(products) as product order by product
  on conflict do nothing;
  perform inventory.lock_levels(products, array_fill(p_location_id, array[cardinality(products)]));

  select jsonb_agg(jsonb_build_object(
    'productId', level.product_id, 'locationId', level.location_id, 'countedFrom', line.position,
    'position', level.position, 'onHand', trim_scale(level.on_hand)::text
  ))
  into outdated
  from unnest(products, positions) as line (product_id, position)
  join inventory.stock_levels as level on level.product_id = line.product_id and level.location_id = p_location_id
  where level.position <> line.position;
  if outdated is not null then
    perform inventory.refuse('IV004', 'stock moved since it was counted', outdated);
  end if;

  insert into inventory.counts (id, location_id, note, created_by) values (new_id, p_location_id, p_note, caller);
  insert into inventory.count_lines (count_id, product_id, expected, counted, unit_cost, position)
  select new_id, level.product_id, level.on_hand, line.counted, product.cost, level.position
  from unnest(products, amounts) as line (product_id, counted)
  join inventory.stock_levels as level on level.product_id = line.product_id and level.location_id = p_location_id
  join catalog.products as product on product.id = line.product_id;
  lines := array(
    select row(
      'adjustment', line.product_id, p_location_id, line.variance, null, null, null, null, null, null
    )::inventory.movement_line
    from inventory.count_lines as line
    where line.count_id = new_id and line.variance <> 0
    order by line.product_id
  );
  if cardinality(lines) > 0 then
    perform inventory.post_movements(
      row(new_id, caller, coalesce(p_note, 'count'), null, p_key, null)::inventory.movement_document, lines, 'counted'
    );
  end if;
  return new_id;
end
$$;

revoke execute on function inventory.record_count(uuid, jsonb, text, text) from public;
grant execute on function inventory.record_count(uuid, jsonb, text, text) to bodega_user;
