-- Whether `p_holder` may ask the service now: `closed` (yes), `probe` (yes, and alone: how it ends decides for all),
-- `open` (no; look again at `retry_at`). Answers the era too, which belongs to what is reported afterwards.
create or replace function platform.enter_breaker(p_name text, p_holder uuid, p_probe_lease interval)
returns table (pass text, era bigint, retry_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  breaker platform.breakers;
begin
  select * into breaker from platform.breakers where name = p_name;
  if breaker.name is null then
    insert into platform.breakers (name) values (p_name) on conflict (name) do nothing;
    select * into breaker from platform.breakers where name = p_name;
  end if;
  if breaker.state <> 'closed' then
    -- Of all who try, the condition still holds for one.
    update platform.breakers as held
    set state = 'half_open', era = held.era + 1, probe_holder = p_holder,
        probe_until = clock_timestamp() + p_probe_lease, changed_at = clock_timestamp()
    where held.name = p_name
      and (
        (held.state = 'open' and held.open_until <= clock_timestamp())
        or (held.state = 'half_open' and held.probe_until <= clock_timestamp())
      )
    returning * into breaker;
    if found then
      return query select 'probe', breaker.era, null::timestamptz;
      return;
    end if;
    select * into breaker from platform.breakers where name = p_name;
  end if;
  return query select
    case breaker.state when 'closed' then 'closed' else 'open' end,
    breaker.era,
    coalesce(breaker.probe_until, breaker.open_until);
end
$$;

revoke execute on function platform.enter_breaker(text, uuid, interval) from public;
