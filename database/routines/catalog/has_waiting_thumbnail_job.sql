-- Whether the queue will start (again) on this photo by itself: a job that waits for its time, or for its next try.
create or replace function catalog.has_waiting_thumbnail_job(p_image_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from graphile_worker.jobs
    where key = 'thumbnails:' || p_image_id and locked_at is null and attempts < max_attempts
  );
$$;

revoke execute on function catalog.has_waiting_thumbnail_job(uuid) from public;
