-- Closes a photo's job row; every exit of the task ends here. The message is cut to 500 characters.
create or replace function catalog.close_thumbnail_job(
  p_image_id uuid, p_status text, p_error_code text default null, p_message text default null,
  p_duration_ms integer default null, p_retry_at timestamptz default null
) returns catalog.thumbnail_jobs
language sql
set search_path = ''
as $$
  update catalog.thumbnail_jobs
  set
    status = p_status, error_code = p_error_code, last_error = left(p_message, 500),
    completed_at = greatest(clock_timestamp(), started_at),
    duration_ms = coalesce(p_duration_ms, (extract(epoch from clock_timestamp() - started_at) * 1000)::integer),
    retry_at = p_retry_at, updated_at = now()
  where image_id = p_image_id
  returning *;
$$;

revoke execute on function
  catalog.close_thumbnail_job(uuid, text, text, text, integer, timestamptz)
from public;
