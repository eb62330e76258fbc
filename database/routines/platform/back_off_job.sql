-- Decides, in the very statement by which graphile-worker records a failure, what follows it.
--
-- Tries left: the next one after 1.5 s, 4.5 s, 13.5 s, … at most 10 min, each ± 25 % at random so that jobs which failed
-- together do not come back together (graphile-worker's own: e^n seconds without jitter, up to six hours).
-- None left: the job is dead, and `platform.job_troubles` says so durably; a sweep calls the task's `onDead`.
create or replace function platform.back_off_job() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.attempts >= new.max_attempts then
    insert into platform.job_troubles (job_id, task, priority, dead_at)
    select new.id, task.identifier, new.priority, clock_timestamp()
    from graphile_worker._private_tasks as task
    where task.id = new.task_id
    on conflict (job_id) do update
    set dead_at = excluded.dead_at, claimed_until = null, handled_at = null;
  elsif old.locked_at is not null then
    new.run_at := clock_timestamp()
      + least(1.5 * power(3, new.attempts - 1), 600) * (0.75 + random() * 0.5) * interval '1 second';
  end if;
  return new;
end
$$;

revoke execute on function platform.back_off_job() from public;

create or replace trigger back_off
before update of last_error on graphile_worker._private_jobs
for each row when (new.locked_at is null and new.last_error is not null)
execute function platform.back_off_job();
