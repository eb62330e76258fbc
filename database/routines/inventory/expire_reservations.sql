-- Ends overdue reservations, at most `p_limit` a call, and answers how many. Those that someone has locked are theirs to
-- end. Any number may run at once: each reservation is ended by one.
create or replace function inventory.expire_reservations(p_limit integer default 500) returns integer
language plpgsql
set search_path = ''
as $$
declare
  overdue uuid[];
begin
  select array_agg(id) into overdue
  from (
    select id from inventory.reservations
    where state = 'active' and expires_at <= clock_timestamp()
    order by expires_at
    limit p_limit
    for no key update skip locked
  ) as found;
  perform inventory.lock_levels(array_agg(product_id), array_agg(location_id))
  from inventory.reservation_lines where reservation_id = any (overdue);
  return inventory.close_holds(overdue, 'expired', 'bodega');
end
$$;

revoke execute on function inventory.expire_reservations(integer) from public;
