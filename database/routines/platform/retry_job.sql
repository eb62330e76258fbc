-- Lets a job that does not run right now run again at once, with all its tries. Answers `retried`, `running` or
-- `missing`. Its incident stays open until it is done.
create or replace function platform.retry_job(p_job_id bigint) returns text
language plpgsql
set search_path = ''
as $$
declare
  original smallint;
begin
  update platform.job_troubles
  set kills = 0, dead_at = null, claimed_until = null, handled_at = null
  where job_id = p_job_id
    and exists (select from graphile_worker._private_jobs where id = p_job_id and locked_at is null)
  returning priority into original;
  update graphile_worker._private_jobs
  set
    attempts = 0, run_at = now(), updated_at = now(),
    priority = coalesce(original, priority),
    job_queue_id = case when original is null then job_queue_id end
  where id = p_job_id and locked_at is null;
  if found then
    perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', 1)::text);
    return 'retried';
  end if;
  return case
    when exists (select from graphile_worker._private_jobs where id = p_job_id) then 'running'
    else 'missing'
  end;
end
$$;

revoke execute on function platform.retry_job(bigint) from public;
