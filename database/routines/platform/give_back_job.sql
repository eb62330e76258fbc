-- Gives a job back that a stopping worker had to break off: ready at once for another, its try not counted. False when
-- the worker no longer has it.
create or replace function platform.give_back_job(p_job_id bigint, p_pool_id text) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update graphile_worker._private_job_queues as queue
  set locked_at = null, locked_by = null
  from graphile_worker._private_jobs as job
  where job.id = p_job_id and job.locked_by = p_pool_id and queue.id = job.job_queue_id and queue.locked_by = p_pool_id;
  update graphile_worker._private_jobs
  set attempts = greatest(attempts - 1, 0), locked_at = null, locked_by = null
  where id = p_job_id and locked_by = p_pool_id;
  if not found then
    return false;
  end if;
  perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', 1)::text);
  return true;
end
$$;

revoke execute on function platform.give_back_job(bigint, text) from public;
