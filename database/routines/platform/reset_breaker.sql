-- A person knows better: closes it, whatever it was; false when there is no such breaker. Calls that are under way are of
-- an earlier era now, and how they end is not counted.
create or replace function platform.reset_breaker(p_name text, p_by text) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update platform.breakers
  set state = 'closed', era = era + 1, failures = 0, failing_since = null, trips = 0, opened_at = null,
      open_until = null, probe_holder = null, probe_until = null, changed_at = clock_timestamp(),
      reset_by = p_by, reset_at = clock_timestamp()
  where name = p_name;
  if not found then
    return false;
  end if;
  perform platform.resolve_incident('breaker:' || p_name);
  return true;
end
$$;

revoke execute on function platform.reset_breaker(text, text) from public;
