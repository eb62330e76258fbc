-- Many reservations in one transaction and one commit, first come first served, each answered by itself: request n is
-- what element n of `p_by`, `p_roles`, `p_keys`, `p_references` and `p_expires_in` say, with the lines whose
-- `p_line_requests` is n. For the service role alone; lines were checked at the edge.
--
-- Keys are taken first, in their order; then the levels of all lines are locked in theirs, and the requests are gone
-- through as they came. The accepted ones are those that `reserve_stock` would have accepted one after the other: a
-- request that is short while holds might be ended for it is `deferred`, and so is everything after it.
--
-- A level that someone else has locked is waited for, and lock_not_available ends it all soon: no product may keep those
-- waiting who do not want it. With `p_passes_over` levels that are locked are not waited for: a request that needs one is
-- `locked`, its `short` naming the levels, nothing of it is done, and the others are done as if it were not there.
drop function if exists inventory.reserve_stock_batch(
  text[], text[], text[], text[], integer[], integer[], uuid[], uuid[], numeric[], text
);
create or replace function inventory.reserve_stock_batch(
  p_by text[], p_roles text[], p_keys text[], p_references text[], p_expires_in integer[],
  p_line_requests integer[], p_line_products uuid[], p_line_locations uuid[], p_line_quantities numeric[],
  p_traceparent text default null, p_passes_over boolean default false
) returns setof inventory.reservation_outcome
language plpgsql
set search_path = ''
set lock_timeout = '500ms'
set enable_seqscan = off
as $$
declare
  started_at   constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  count        constant integer := cardinality(p_keys);
  ids          uuid[];
  fingerprints bytea[];
  claimed      boolean[];
  -- Lines in the order of their requests, summed; `slots` are the places of their levels in `free`.
  requests     integer[];
  slots        integer[];
  products     uuid[];
  locations    uuid[];
  quantities   numeric[];
  free         numeric[];
  -- The slots of levels that someone else has locked and that are passed over.
  locked_slots integer[] := '{}';
  outcomes     text[] := array_fill('deferred'::text, array[count]);
  shorts       jsonb[] := array_fill(null::jsonb, array[count]);
  line         integer := 1;
  first_line   integer;
  is_short     boolean;
begin
  perform inventory.require_role(role, array['admin', 'warehouse', 'sales']) from unnest(p_roles) as role;
  if p_traceparent is not null then
    perform set_config('bodega.traceparent', p_traceparent, true);
  end if;

  select array_agg(request order by request, slot), array_agg(slot order by request, slot),
    array_agg(product_id order by request, slot), array_agg(location_id order by request, slot),
    array_agg(quantity order by request, slot)
  into requests, slots, products, locations, quantities
  from (
    select request, product_id, location_id, sum(quantity) as quantity,
      dense_rank() over (order by product_id, location_id)::integer as slot
    from unnest(p_line_requests, p_line_products, p_line_locations, p_line_quantities)
      as given (request, product_id, location_id, quantity)
    group by request, product_id, location_id
  ) as asked;
  select array_agg(platform.uuid_v7() order by request), array_agg(inventory.reservation_fingerprint(
    lines, p_references[request], p_expires_in[request]
  ) order by request)
  into ids, fingerprints
  from (
    select request, string_agg(
      product_id || ' ' || location_id || ' ' || trim_scale(quantity), ';' order by product_id, location_id
    ) as lines
    from unnest(requests, products, locations, quantities) as asked (request, product_id, location_id, quantity)
    group by request
  ) as asked;

  with taken as (
    insert into inventory.reservations (
      id, created_by, key, fingerprint, reference, created_at, first_expires_at, expires_at
    )
    select ids[n], p_by[n], p_keys[n], fingerprints[n], p_references[n], started_at,
      started_at + inventory.reservation_lifetime(p_expires_in[n]),
      started_at + inventory.reservation_lifetime(p_expires_in[n])
    from generate_series(1, count) as n
    order by p_by[n], p_keys[n], n
    on conflict (created_by, key) do nothing
    returning id
  )
  select array_agg(taken.id is not null order by n) into claimed
  from generate_series(1, count) as n left join taken on taken.id = ids[n];

  if p_passes_over then
    select coalesce(array_agg(distinct asked.slot), '{}') into locked_slots
    from inventory.lock_free_levels(products, locations) as held
    join unnest(slots, products, locations) as asked (slot, product_id, location_id) using (product_id, location_id);
  end if;
  with slot as (
    select distinct slot as place, product_id, location_id
    from unnest(slots, products, locations) as asked (slot, product_id, location_id)
  ), locked as materialized (
    select level.product_id, level.location_id, level.on_hand - level.reserved as free
    from inventory.stock_levels as level
    where (level.product_id, level.location_id) in (
      select product_id, location_id from slot where place <> all (locked_slots)
    )
    order by level.product_id, level.location_id
    for no key update of level
  )
  select array_agg(coalesce(locked.free, 0) order by slot.place) into free
  from slot left join locked using (product_id, location_id);

  for request in 1 .. count loop
    first_line := line;
    is_short := false;
    while requests[line] = request loop
      is_short := is_short or free[slots[line]] < quantities[line];
      line := line + 1;
    end loop;
    if not claimed[request] then
      outcomes[request] := 'replayed';
    elsif not is_short then
      outcomes[request] := 'created';
      for taken in first_line .. line - 1 loop
        free[slots[taken]] := free[slots[taken]] - quantities[taken];
      end loop;
    elsif slots[first_line:line - 1] && locked_slots then
      outcomes[request] := 'locked';
      shorts[request] := (
        select jsonb_agg(jsonb_build_object('productId', products[n], 'locationId', locations[n]))
        from generate_series(first_line, line - 1) as n
        where slots[n] = any (locked_slots)
      );
    else
      exit when exists (select from inventory.holds_in_the_way(
        ids[request], p_by[request], p_references[request],
        products[first_line:line - 1], locations[first_line:line - 1]
      )) or exists (
        select from unnest(p_by, p_references, outcomes) as earlier (caller, reference, outcome)
        where outcome = 'created' and caller = p_by[request] and reference = p_references[request]
      );
      outcomes[request] := 'refused';
      shorts[request] := (
        select jsonb_agg(jsonb_build_object(
          'productId', products[n], 'locationId', locations[n],
          'requested', trim_scale(quantities[n])::text, 'available', trim_scale(free[slots[n]])::text
        ))
        from generate_series(first_line, line - 1) as n
        where free[slots[n]] < quantities[n]
      );
    end if;
  end loop;

  if outcomes && array['refused', 'deferred', 'locked'] then
    delete from inventory.reservations
    using generate_series(1, count) as n
    where reservations.id = ids[n] and claimed[n] and outcomes[n] in ('refused', 'deferred', 'locked');
  end if;
  if 'created' = any (outcomes) then
    insert into inventory.reservation_lines (reservation_id, product_id, location_id, quantity)
    select ids[request], product_id, location_id, quantity
    from unnest(requests, products, locations, quantities) as asked (request, product_id, location_id, quantity)
    where outcomes[request] = 'created';
    perform inventory.announce('reserved', array_agg(products[n]), array_agg(locations[n]), '{}', false)
    from generate_subscripts(requests, 1) as n where outcomes[requests[n]] = 'created';
    update inventory.stock_levels as level
    set reserved = level.reserved + asked.quantity
    from (
      select product_id, location_id, sum(quantity) as quantity
      from unnest(requests, products, locations, quantities) as asked (request, product_id, location_id, quantity)
      where outcomes[request] = 'created'
      group by product_id, location_id
    ) as asked
    where level.product_id = asked.product_id and level.location_id = asked.location_id;
  end if;

  return query select * from inventory.batch_outcomes(
    p_by, p_keys, ids, fingerprints, outcomes, shorts, started_at, p_expires_in
  );
end
$$;

revoke execute on function inventory.reserve_stock_batch(
  text[], text[], text[], text[], integer[], integer[], uuid[], uuid[], numeric[], text, boolean
) from public;
