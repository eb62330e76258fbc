-- Takes a worker that is no more off the list and gives its jobs back, ready to run at once and with the try that they
-- lost with it. Answers their ids.
--
-- One of them may be what killed it. So each is put behind all others; from its second kill on it shares the queue
-- `suspects`, whose jobs run one at a time, so that the innocent ones finish without it; from the third it waits some
-- seconds more; at `p_kills_max` it is dead, with WORKER_DIED.
create or replace function platform.bury_worker(p_worker_id uuid, p_kills_max int) returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  the_pool text;
  job_ids bigint[];
  suspects int;
begin
  delete from platform.workers where id = p_worker_id returning pool_id into the_pool;
  if the_pool is null then
    return '{}';
  end if;
  select coalesce(array_agg(id), '{}') into job_ids from graphile_worker._private_jobs where locked_by = the_pool;
  perform graphile_worker.force_unlock_workers(array[the_pool]);
  if job_ids = '{}' then
    return job_ids;
  end if;
  delete from graphile_worker._private_jobs where id = any (job_ids) and flags ? 'superseded';
  insert into platform.job_troubles as trouble (job_id, task, kills, priority)
  select job.id, task.identifier, 1, job.priority
  from graphile_worker._private_jobs as job
  join graphile_worker._private_tasks as task on task.id = job.task_id
  where job.id = any (job_ids)
  on conflict (job_id) do update set kills = trouble.kills + 1;
  insert into graphile_worker._private_job_queues (queue_name) values ('suspects') on conflict do nothing;
  select id into suspects from graphile_worker._private_job_queues where queue_name = 'suspects';
  update graphile_worker._private_jobs as job
  set
    attempts = case when trouble.kills >= p_kills_max then job.max_attempts else greatest(job.attempts - 1, 0) end,
    last_error = format('WORKER_DIED: The worker died while it ran this job (%s of %s times).', trouble.kills, p_kills_max),
    priority = least(trouble.priority + 100 * trouble.kills, 32767),
    job_queue_id = case when trouble.kills >= 2 then suspects else job.job_queue_id end,
    run_at = case
      when trouble.kills >= 3 then clock_timestamp() + power(2, least(trouble.kills - 2, 8)) * interval '1 second'
      else job.run_at
    end
  from platform.job_troubles as trouble
  where job.id = any (job_ids) and trouble.job_id = job.id;
  perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', cardinality(job_ids))::text);
  return job_ids;
end
$$;

revoke execute on function platform.bury_worker(uuid, int) from public;
