-- A call ended in a way that says nothing of the service (its caller went away, the request was refused). A probe gives
-- its place to whoever comes next.
create or replace function platform.leave_breaker(p_name text, p_era bigint, p_holder uuid) returns void
language sql
set search_path = ''
as $$
  update platform.breakers
  set state = 'open', era = era + 1, open_until = clock_timestamp(), probe_holder = null, probe_until = null,
      changed_at = clock_timestamp()
  where name = p_name and era = p_era and state = 'half_open' and probe_holder = p_holder;
$$;

revoke execute on function platform.leave_breaker(text, bigint, uuid) from public;
