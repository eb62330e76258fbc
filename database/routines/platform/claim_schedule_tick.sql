-- Decides a tick once, whoever asks and however often: `running` when the caller is to run it, `overlap` when the run
-- before still goes on, `missed` when it is later than `p_on_time` and missed ticks are not wanted (both are recorded as
-- skipped), `early` when it is not yet due by the database's clock, null when it is nobody's any more: decided, before the
-- schedule began, or paused.
create or replace function platform.claim_schedule_tick(
  p_schedule text, p_scheduled_at timestamptz, p_next_at timestamptz, p_worker_id uuid,
  p_on_time interval, p_run_missed boolean
) returns text
language plpgsql
set search_path = ''
as $$
declare
  the_schedule platform.schedules;
  decision text;
begin
  if p_scheduled_at > clock_timestamp() then
    return 'early';
  end if;
  -- Claimants of one schedule come one after the other.
  update platform.schedules
  set next_at = greatest(next_at, p_next_at)
  where name = p_schedule
  returning * into the_schedule;
  if the_schedule.name is null or the_schedule.paused_at is not null
    or p_scheduled_at < the_schedule.ticks_since
    or exists (select from platform.schedule_runs where schedule = p_schedule and scheduled_at = p_scheduled_at) then
    return null;
  end if;
  decision := case
    when not p_run_missed and p_scheduled_at < clock_timestamp() - p_on_time then 'missed'
    when exists (select from platform.schedule_runs where schedule = p_schedule and status = 'running') then 'overlap'
    else 'running'
  end;
  insert into platform.schedule_runs (schedule, scheduled_at, cause, status, reason, worker_id, finished_at)
  values (
    p_schedule, p_scheduled_at, 'tick',
    case decision when 'running' then 'running' else 'skipped' end,
    nullif(decision, 'running'), p_worker_id,
    case when decision <> 'running' then clock_timestamp() end
  );
  return decision;
end
$$;

revoke execute on function platform.claim_schedule_tick(text, timestamptz, timestamptz, uuid, interval, boolean) from public;
