-- Counts how a call ended that was let in during era `p_era`; answers the state now. A report from an earlier era, or of
-- a probe that was given to another, changes nothing. Opens after `p_failures_max` failures in a row of which the first is
-- no older than `p_window`, for `p_open_for`, doubled each time a probe fails, at most `p_open_max`.
create or replace function platform.settle_breaker(
  p_name text, p_era bigint, p_holder uuid, p_succeeded boolean, p_reason text,
  p_failures_max integer, p_window interval, p_open_for interval, p_open_max interval
) returns text
language plpgsql
set search_path = ''
as $$
declare
  breaker platform.breakers;
  counted integer;
  is_probe boolean;
begin
  -- Nearly every call ends well, and then there is nothing to write and no row to wait for.
  if p_succeeded and exists (
    select from platform.breakers where name = p_name and state = 'closed' and failures = 0
  ) then
    return 'closed';
  end if;
  select * into breaker from platform.breakers where name = p_name for update;
  is_probe := breaker.state = 'half_open' and breaker.probe_holder = p_holder;
  if breaker.name is null or breaker.era <> p_era or not (breaker.state = 'closed' or is_probe) then
    return breaker.state;
  end if;
  if p_succeeded then
    update platform.breakers
    set state = 'closed', era = breaker.era + is_probe::integer, failures = 0, failing_since = null, trips = 0,
        opened_at = null, open_until = null, probe_holder = null, probe_until = null,
        changed_at = case when is_probe then clock_timestamp() else changed_at end
    where name = p_name;
    if is_probe then
      perform platform.resolve_incident('breaker:' || p_name);
    end if;
    return 'closed';
  end if;
  counted := case
    when breaker.failing_since is null or breaker.failing_since < clock_timestamp() - p_window then 1
    else breaker.failures + 1
  end;
  if not is_probe and counted < p_failures_max then
    update platform.breakers
    set failures = counted, last_failure = left(p_reason, 200), last_failure_at = clock_timestamp(),
        failing_since = case counted when 1 then clock_timestamp() else failing_since end
    where name = p_name;
    return 'closed';
  end if;
  update platform.breakers
  set state = 'open', era = breaker.era + 1, failures = counted, trips = breaker.trips + 1,
      failing_since = case counted when 1 then clock_timestamp() else breaker.failing_since end,
      opened_at = coalesce(breaker.opened_at, clock_timestamp()),
      open_until = clock_timestamp() + least(p_open_for * power(2, least(breaker.trips, 16)), p_open_max),
      probe_holder = null, probe_until = null, changed_at = clock_timestamp(),
      last_failure = left(p_reason, 200), last_failure_at = clock_timestamp()
  where name = p_name
  returning * into breaker;
  perform platform.open_incident(
    'breaker:' || p_name, 'breaker_open', 'warning',
    format('%s keeps failing; it is not asked for a while', p_name),
    jsonb_build_object(
      'breaker', p_name, 'reason', breaker.last_failure, 'failures', breaker.failures, 'openUntil', breaker.open_until
    )
  );
  return 'open';
end
$$;

revoke execute on function platform.settle_breaker(
  text, bigint, uuid, boolean, text, integer, interval, interval, interval
) from public;
