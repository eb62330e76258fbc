-- Moves stock: checks all lines of a document, then writes all of them to the ledger, or nothing. Levels are locked in
-- key order; outflows take from lots what expires first, unless the line names a lot. Raises IV001 with the short lines
-- (reserved stock is not there to be taken), IV011 for an inflow to a location that is not in use, foreign_key_violation
-- for a product or location that does not exist.
create or replace function inventory.post_movements(
  p_document inventory.movement_document, p_lines inventory.movement_line[], p_phase text
) returns void
language plpgsql
set search_path = ''
as $$
declare
  products  uuid[];
  locations uuid[];
  short     jsonb;
  closed    jsonb;
  line      inventory.movement_line;
begin
  -- Shared, so that nobody takes a location out of use while stock is on its way there.
  with entered as materialized (
    select location.id, location.is_active
    from inventory.locations as location
    where location.id in (
      select coalesce(to_location_id, location_id) from unnest(p_lines) where delta > 0 or to_location_id is not null
    )
    order by location.id
    for share
  )
  select jsonb_agg(jsonb_build_object('locationId', id)) into closed from entered where not is_active;
  if closed is not null then
    perform inventory.refuse('IV011', 'the location is not in use', closed);
  end if;
  select array_agg(product_id), array_agg(location_id) into products, locations
  from (
    select product_id, location_id from unnest(p_lines)
    union
    select product_id, to_location_id from unnest(p_lines) where to_location_id is not null
  ) as touched;
  insert into inventory.stock_levels (product_id, location_id)
  select distinct product_id, coalesce(to_location_id, location_id)
  from unnest(p_lines)
  where delta > 0 or to_location_id is not null
  order by 1, 2
  on conflict do nothing;
  perform inventory.lock_levels(products, locations);

  select jsonb_agg(jsonb_build_object(
    'productId', taken.product_id, 'locationId', taken.location_id,
    'requested', trim_scale(taken.quantity)::text,
    'available', trim_scale(coalesce(level.on_hand - level.reserved, 0))::text
  ) order by taken.product_id, taken.location_id)
  into short
  from (
    select product_id, location_id, -sum(delta) as quantity, sum(coalesce(frees, 0)) as frees
    from unnest(p_lines)
    group by product_id, location_id
  ) as taken
  left join inventory.stock_levels as level using (product_id, location_id)
  where taken.quantity > 0 and coalesce(level.on_hand - level.reserved, 0) + taken.frees < taken.quantity;
  if short is not null then
    perform inventory.refuse('IV001', 'there is not enough free stock', short);
  end if;

  -- Inflows first: an outflow of the same document may need them.
  foreach line in array p_lines loop
    if line.delta > 0 then
      perform inventory.write_movement(p_document, line, line.delta, coalesce(
        line.lot_id, inventory.find_lot(line.product_id, line.location_id, line.lot_code, line.expires_on)
      ));
    end if;
  end loop;
  foreach line in array p_lines loop
    if line.delta < 0 then
      perform inventory.take_from_lots(p_document, line);
    end if;
  end loop;
  perform inventory.announce(
    p_phase, products, locations, jsonb_build_object('documentId', p_document.id)
  );
end
$$;

revoke execute on function inventory.post_movements(
  inventory.movement_document, inventory.movement_line[], text
) from public;
