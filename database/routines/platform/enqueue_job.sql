-- Enqueues a job in the caller's transaction: when that commits, a worker starts within milliseconds; when it rolls back,
-- there never was one. Answers the job's id. The payload gets the transaction's `traceparent`, so that the trace goes on.
--
-- `p_key`: at most one job of a key waits; a later call replaces its payload, its time and its tries. A job of that key
-- which runs right now stays as it is, is not tried again, and the new one follows it. A dead one gives way.
-- `p_priority`: less is sooner. Not granted to `bodega_user`: definer functions and triggers enqueue on a user's behalf.
create or replace function platform.enqueue_job(
  p_task text, p_payload jsonb, p_key text default null, p_run_at timestamptz default now(), p_priority int default 0
) returns bigint
language plpgsql
set search_path = ''
as $$
declare
  traceparent constant text := nullif(current_setting('bodega.traceparent', true), '');
  attempts_max int;
  job_id bigint;
begin
  if jsonb_typeof(p_payload) is distinct from 'object' or octet_length(p_payload::text) > 65536 then
    raise exception 'The payload of a % job must be an object of at most 64 kB.', p_task using errcode = '22023';
  end if;
  if p_key is not null then
    perform platform.supersede_job(p_key);
  end if;
  select kind.attempts_max into attempts_max from platform.task_kinds as kind where kind.name = p_task;
  select job.id into job_id
  from graphile_worker.add_job(
    identifier => p_task,
    payload => case
      when traceparent is null then p_payload
      else p_payload || jsonb_build_object('traceparent', traceparent)
    end::json,
    run_at => coalesce(p_run_at, now()),
    max_attempts => coalesce(attempts_max, 8),
    job_key => p_key,
    priority => coalesce(p_priority, 0)
  ) as job;
  return job_id;
end
$$;

revoke execute on function platform.enqueue_job(text, jsonb, text, timestamptz, int) from public;
