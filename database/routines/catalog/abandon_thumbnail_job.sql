-- Closes the row of a worker that died at it; false when the row is closed, or its worker is at work.
create or replace function catalog.abandon_thumbnail_job(p_image_id uuid) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  job catalog.thumbnail_jobs;
begin
  select * into job from catalog.thumbnail_jobs where image_id = p_image_id for update;
  if job.status is distinct from 'processing' or catalog.is_thumbnail_job_at_work(job) then
    return false;
  end if;
  perform catalog.close_thumbnail_job(p_image_id, 'error', 'WORKER_LOST', 'The worker that was at it has gone.');
  perform catalog.record_image_history(
    p_image_id, 'worker_lost', p_attempt => job.attempts, p_reason => 'WORKER_LOST', p_worker_id => job.worker_id
  );
  return true;
end
$$;

revoke execute on function catalog.abandon_thumbnail_job(uuid) from public;
