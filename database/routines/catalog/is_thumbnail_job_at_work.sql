-- Whether a worker really is at work on a photo: its row says `processing` and the queue's job is still held. A dead
-- worker's jobs are let go within seconds; ten minutes bound a worker that hangs, two a row without a job.
create or replace function catalog.is_thumbnail_job_at_work(p_job catalog.thumbnail_jobs) returns boolean
language sql stable
set search_path = ''
as $$
  select p_job.status = 'processing' and case
    when p_job.job_id is null then p_job.started_at > clock_timestamp() - interval '2 minutes'
    else p_job.started_at > clock_timestamp() - interval '10 minutes' and exists (
      select from graphile_worker.jobs where id = p_job.job_id and locked_at is not null
    )
  end;
$$;

revoke execute on function catalog.is_thumbnail_job_at_work(catalog.thumbnail_jobs) from public;
