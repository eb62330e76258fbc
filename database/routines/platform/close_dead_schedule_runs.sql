-- Closes runs whose process is no more as failed with PROCESS_DIED, and begins each once more for the caller. Answers the
-- runs begun so: `tick_at` is the time that the first run was for. What dies again, or was paused meanwhile, stays failed
-- and opens an incident.
create or replace function platform.close_dead_schedule_runs(p_worker_id uuid, p_schedules text[])
returns table (schedule text, scheduled_at timestamptz, tick_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  dead record;
begin
  for dead in
    select run.schedule, run.scheduled_at, run.cause, definition.paused_at
    from platform.schedule_runs as run
    join platform.schedules as definition on definition.name = run.schedule
    where run.status = 'running'
      and not exists (select from platform.workers as worker where worker.id = run.worker_id)
      -- One that no process declares any more is closed, if late.
      and (run.schedule = any (p_schedules) or run.started_at < clock_timestamp() - interval '1 hour')
    for update of run skip locked
  loop
    update platform.schedule_runs as run
    set status = 'failed', finished_at = clock_timestamp(), error = 'PROCESS_DIED: The process died during the run.'
    where run.schedule = dead.schedule and run.scheduled_at = dead.scheduled_at;
    if dead.cause = 'retry' or dead.paused_at is not null or dead.schedule <> all (p_schedules) then
      perform platform.open_schedule_incident(dead.schedule, dead.scheduled_at, 'PROCESS_DIED');
    else
      schedule := dead.schedule;
      scheduled_at := clock_timestamp();
      tick_at := dead.scheduled_at;
      insert into platform.schedule_runs (schedule, scheduled_at, cause, retry_of, status, worker_id)
      values (dead.schedule, close_dead_schedule_runs.scheduled_at, 'retry', dead.scheduled_at, 'running', p_worker_id);
      return next;
    end if;
  end loop;
end
$$;

revoke execute on function platform.close_dead_schedule_runs(uuid, text[]) from public;
