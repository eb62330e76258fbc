-- Forgets the troubles of jobs that are no more (done, cancelled, replaced) and resolves their incidents; superseded jobs
-- that failed go too, since a newer one took their place. Answers how many were settled.
create or replace function platform.settle_job_troubles() returns int
language plpgsql
set search_path = ''
as $$
declare
  settled int;
begin
  delete from graphile_worker._private_jobs as job
  using platform.job_troubles as trouble
  where trouble.dead_at is not null and job.id = trouble.job_id and job.locked_at is null and job.flags ? 'superseded';
  with gone as (
    delete from platform.job_troubles as trouble
    where not exists (select from graphile_worker._private_jobs as job where job.id = trouble.job_id)
    returning trouble.task, trouble.job_id
  )
  select count(platform.resolve_incident(format('job:%s:%s', task, job_id))) into settled from gone;
  return settled;
end
$$;

revoke execute on function platform.settle_job_troubles() from public;
