-- Reserves all lines or nothing, in one round trip and one transaction:
--
-- 1. The key is taken first, by writing the reservation. When it is there already, its first answer is the answer, and
--    nothing else is looked at; while another transaction is writing it, this waits for that one's end.
-- 2. Then the stock, last of all, so that its row is locked for the shortest time (10 to 15 % more on a hot product). One
--    line: one update that takes the quantity if it is free. More: all levels locked in key order, checked, written.
-- 3. Only when something is short, the holds in the way (overdue; the same shopper's under the same reference) are
--    ended, here and now, and the check is made again.
--
-- Duplicate lines count as their sum. Raises IV001 with the short lines (nothing of it stays, so the key can be used
-- again), IV003 for a key that was used for another request, serialization_failure when a hold in the way is being
-- changed by someone else at this moment: ask again with the same key. How long it waits for a lock says its caller.
create or replace function inventory.hold_stock(
  p_by text, p_key text, p_lines jsonb, p_reference text, p_expires_in_seconds integer
) returns inventory.reservation_outcome
language plpgsql
set search_path = ''
set enable_seqscan = off
as $$
declare
  new_id         constant uuid := platform.uuid_v7();
  started_at     constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  lasts_until    constant timestamptz := started_at + inventory.reservation_lifetime(p_expires_in_seconds);
  products       uuid[];
  locations      uuid[];
  quantities     numeric[];
  fingerprint    bytea;
  superseded     uuid[];
begin
  if jsonb_array_length(p_lines) = 1 then
    products := array[(p_lines #>> '{0,productId}')::uuid];
    locations := array[(p_lines #>> '{0,locationId}')::uuid];
    quantities := array[(p_lines #>> '{0,quantity}')::numeric];
    fingerprint := inventory.reservation_fingerprint(
      products[1] || ' ' || locations[1] || ' ' || trim_scale(quantities[1]), p_reference, p_expires_in_seconds
    );
  else
    select array_agg(product_id order by product_id, location_id),
      array_agg(location_id order by product_id, location_id),
      array_agg(quantity order by product_id, location_id),
      inventory.reservation_fingerprint(
        string_agg(product_id || ' ' || location_id || ' ' || trim_scale(quantity), ';' order by product_id, location_id),
        p_reference, p_expires_in_seconds
      )
    into products, locations, quantities, fingerprint
    from (
      select "productId" as product_id, "locationId" as location_id, sum(quantity) as quantity
      from jsonb_to_recordset(p_lines) as line ("productId" uuid, "locationId" uuid, quantity numeric)
      group by "productId", "locationId"
    ) as asked;
  end if;

  insert into inventory.reservations (
    id, created_by, key, fingerprint, reference, created_at, first_expires_at, expires_at
  )
  values (new_id, p_by, p_key, fingerprint, p_reference, started_at, lasts_until, lasts_until)
  on conflict (created_by, key) do nothing;
  if not found then
    return inventory.first_reservation_answer(p_by, p_key, fingerprint);
  end if;

  if cardinality(products) = 1 then
    insert into inventory.reservation_lines (reservation_id, product_id, location_id, quantity)
    values (new_id, products[1], locations[1], quantities[1]);
    -- As `announce` does it, for one line.
    insert into platform.events (topic, supplier_id, payload, trace_id)
    select 'stock', supplier_id, jsonb_build_object(
      'phase', 'reserved', 'reservationIds', jsonb_build_array(new_id),
      'lines', jsonb_build_array(jsonb_build_object('productId', products[1], 'locationId', locations[1])),
      'at', started_at, 'traceId', platform.trace_id()
    ), platform.trace_id()
    from catalog.products as product where product.id = products[1];
    update inventory.stock_levels as level
    set reserved = level.reserved + quantities[1]
    where level.product_id = products[1] and level.location_id = locations[1]
      and level.on_hand - level.reserved >= quantities[1];
    if found then
      return row('created', new_id, started_at, lasts_until, null, null)::inventory.reservation_outcome;
    end if;
  else
    insert into inventory.reservation_lines (reservation_id, product_id, location_id, quantity)
    select new_id, * from unnest(products, locations, quantities);
    perform inventory.announce(
      'reserved', products, locations, jsonb_build_object('reservationIds', jsonb_build_array(new_id)), false
    );
  end if;

  perform inventory.lock_levels(products, locations);
  if inventory.short_lines(products, locations, quantities) is not null then
    superseded := inventory.make_room(new_id, p_by, p_reference, products, locations, quantities);
  end if;
  update inventory.stock_levels as level
  set reserved = level.reserved + asked.quantity
  from unnest(products, locations, quantities) as asked (product_id, location_id, quantity)
  where level.product_id = asked.product_id and level.location_id = asked.location_id;
  return row('created', new_id, started_at, lasts_until, superseded, null)::inventory.reservation_outcome;
end
$$;

revoke execute on function inventory.hold_stock(text, text, jsonb, text, integer) from public;
