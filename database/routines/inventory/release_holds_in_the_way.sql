-- Frees stock for a request that is short: ends overdue holds of these products and locations, then, if `p_reference` is
-- given, the caller's own holds under that reference: as many as `holds_in_the_way` answers at once. Answers how many of
-- all it ended, and the ids of the latter.
--
-- The caller has locked the levels asked for. Whoever confirms or cancels locks the reservation first and its levels
-- afterwards, so nothing is waited for here: a reservation, or another level of it, that someone else has is left alone.
drop function if exists inventory.release_holds_in_the_way(uuid, text, text, uuid[], uuid[]);
create function inventory.release_holds_in_the_way(
  p_for uuid, p_by text, p_reference text, p_products uuid[], p_locations uuid[],
  out ended integer, out superseded uuid[]
)
language plpgsql
set search_path = ''
as $$
declare
  in_the_way  uuid[];
  free_to_end uuid[];
  overdue     uuid[];
begin
  select array_agg(id) into in_the_way
  from (
    select id from inventory.holds_in_the_way(p_for, p_by, p_reference, p_products, p_locations) as held (id)
    join inventory.reservations using (id)
    where state = 'active'
    for no key update of reservations skip locked
  ) as held;
  with locked as materialized (
    select level.product_id, level.location_id
    from inventory.stock_levels as level
    where (level.product_id, level.location_id) in (
      select product_id, location_id from inventory.reservation_lines where reservation_id = any (in_the_way)
    )
    order by level.product_id, level.location_id
    for no key update skip locked
  )
  select array_agg(id) into free_to_end
  from unnest(in_the_way) as held (id)
  where not exists (
    select from inventory.reservation_lines as line
    where line.reservation_id = held.id
      and not exists (
        select from locked where locked.product_id = line.product_id and locked.location_id = line.location_id
      )
  );
  select array_agg(id) into overdue
  from inventory.reservations where id = any (free_to_end) and expires_at <= clock_timestamp();
  ended := inventory.close_holds(overdue, 'expired', 'bodega', null, false);
  select array_agg(id) into superseded
  from inventory.reservations
  where id = any (free_to_end) and state = 'active' and created_by = p_by and reference = p_reference;
  ended := ended + inventory.close_holds(superseded, 'cancelled', p_by, 'superseded by ' || p_for, false);
end
$$;

revoke execute on function inventory.release_holds_in_the_way(uuid, text, text, uuid[], uuid[]) from public;
