-- Gives out the work on a photo's thumbnails: its row in `thumbnail_jobs` and the queue's job, in this transaction. The
-- key keeps one waiting job a photo; a job that is running already keeps running, and this one runs after it. While one
-- is at work, its row stays `processing`, so that `start_thumbnail_job` knows. `p_anew`: counting from the start.
create or replace function catalog.queue_thumbnails(
  p_image_id uuid, p_reason text,
  p_force boolean default false, p_run_at timestamptz default now(), p_priority integer default 0,
  p_anew boolean default true
) returns bigint
language plpgsql
set search_path = ''
as $$
begin
  insert into catalog.thumbnail_jobs as job (image_id, trace_id)
  values (p_image_id, platform.trace_id())
  on conflict (image_id) do update set
    status = 'queued',
    attempts = case when p_anew then 0 else job.attempts end,
    queued_at = case when p_anew then now() else job.queued_at end,
    last_error = case when p_anew then null else job.last_error end,
    error_code = case when p_anew then null else job.error_code end,
    completed_at = null,
    duration_ms = null,
    retry_at = null,
    trace_id = excluded.trace_id,
    updated_at = now()
  where job.status <> 'processing';
  perform catalog.record_image_history(p_image_id, 'queued', p_reason => p_reason);
  return platform.enqueue_job(
    'generate-thumbnails',
    jsonb_build_object('imageId', p_image_id, 'force', p_force),
    'thumbnails:' || p_image_id,
    p_run_at,
    p_priority
  );
end
$$;

revoke execute on function
  catalog.queue_thumbnails(uuid, text, boolean, timestamptz, integer, boolean)
from public;
