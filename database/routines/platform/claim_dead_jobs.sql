-- Hands out dead jobs of `p_tasks` whose end was not dealt with yet, each to one caller at a time for `p_lease`, and opens
-- their incidents.
create or replace function platform.claim_dead_jobs(p_tasks text[], p_lease interval, p_limit int)
returns table (job_id bigint, task text, payload json, last_error text, attempts int)
language plpgsql
set search_path = ''
as $$
begin
  return query
  with claimed as (
    update platform.job_troubles as trouble
    set claimed_until = clock_timestamp() + p_lease
    where trouble.job_id in (
      select open_trouble.job_id
      from platform.job_troubles as open_trouble
      join graphile_worker._private_jobs as job on job.id = open_trouble.job_id
      where open_trouble.dead_at is not null and open_trouble.handled_at is null
        and open_trouble.task = any (p_tasks)
        and coalesce(open_trouble.claimed_until, '-infinity') < clock_timestamp()
        and job.locked_at is null and job.attempts >= job.max_attempts
        and job.flags ? 'superseded' is not true
      order by open_trouble.dead_at
      limit p_limit
      for update of open_trouble skip locked
    )
    returning trouble.job_id, trouble.task
  ), reported as (
    select
      claimed.*, job.payload, coalesce(job.last_error, 'FAILED: No reason was recorded.') as last_error,
      job.attempts::int as attempts
    from claimed join graphile_worker._private_jobs as job on job.id = claimed.job_id
  )
  select reported.job_id, reported.task, reported.payload, reported.last_error, reported.attempts
  from reported
  cross join lateral platform.open_incident(
    format('job:%s:%s', reported.task, reported.job_id), 'job', 'warning',
    format('A %s job failed for good', reported.task),
    jsonb_build_object(
      'jobId', reported.job_id::text, 'task', reported.task, 'attempts', reported.attempts, 'error', reported.last_error
    )
  ) as incident;
end
$$;

revoke execute on function platform.claim_dead_jobs(text[], interval, int) from public;
