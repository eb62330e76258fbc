-- How long a hold lasts that does not say so itself: 15 minutes.
create or replace function inventory.reservation_lifetime(p_expires_in_seconds integer) returns interval
language sql immutable parallel safe
return make_interval(secs => coalesce(p_expires_in_seconds, 900));

revoke execute on function inventory.reservation_lifetime(integer) from public;
