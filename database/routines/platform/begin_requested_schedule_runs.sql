-- Begins for the caller the runs that someone asked for; a request that meets a run still going is recorded as skipped.
create or replace function platform.begin_requested_schedule_runs(p_worker_id uuid, p_schedules text[])
returns table (schedule text, scheduled_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  wanted record;
  is_running boolean;
begin
  for wanted in
    select definition.name
    from platform.schedules as definition
    where definition.requested_at is not null and definition.name = any (p_schedules)
    for update skip locked
  loop
    update platform.schedules set requested_at = null, requested_by = null where name = wanted.name;
    select exists (select from platform.schedule_runs as run where run.schedule = wanted.name and run.status = 'running')
    into is_running;
    schedule := wanted.name;
    scheduled_at := clock_timestamp();
    insert into platform.schedule_runs (schedule, scheduled_at, cause, status, reason, worker_id, finished_at)
    values (
      wanted.name, begin_requested_schedule_runs.scheduled_at, 'manual',
      case when is_running then 'skipped' else 'running' end,
      case when is_running then 'overlap' end,
      p_worker_id,
      case when is_running then clock_timestamp() end
    );
    if not is_running then
      return next;
    end if;
  end loop;
end
$$;

revoke execute on function platform.begin_requested_schedule_runs(uuid, text[]) from public;
