-- The probe is still at work. Does nothing when it was given to another.
create or replace function platform.renew_probe(p_name text, p_holder uuid, p_lease interval) returns void
language sql
set search_path = ''
as $$
  update platform.breakers
  set probe_until = clock_timestamp() + p_lease
  where name = p_name and state = 'half_open' and probe_holder = p_holder;
$$;

revoke execute on function platform.renew_probe(text, uuid, interval) from public;
