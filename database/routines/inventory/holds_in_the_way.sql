-- Active reservations that take stock of these products and locations and should not keep `p_for` from it: overdue ones,
-- and the same caller's under the same reference. At most 1,000.
create or replace function inventory.holds_in_the_way(
  p_for uuid, p_by text, p_reference text, p_products uuid[], p_locations uuid[]
) returns setof uuid
language sql volatile
set search_path = ''
as $$
  select reservation.id
  from inventory.reservations as reservation
  where reservation.state = 'active'
    and reservation.id <> p_for
    and (
      reservation.expires_at <= clock_timestamp()
      or (reservation.created_by = p_by and reservation.reference = p_reference)
    )
    and exists (
      select from inventory.reservation_lines as line
      join unnest(p_products, p_locations) as asked (product_id, location_id) using (product_id, location_id)
      where line.reservation_id = reservation.id
    )
  order by reservation.expires_at
  limit 1000;
$$;

revoke execute on function inventory.holds_in_the_way(uuid, text, text, uuid[], uuid[]) from public;
