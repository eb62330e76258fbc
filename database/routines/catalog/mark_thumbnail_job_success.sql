-- Closes a job as success where nothing was to be set (its thumbnails were there: `unchanged`, `valid`).
-- `set_main_thumbnails` marks its own. False when the row is not this job's any more.
create or replace function catalog.mark_thumbnail_job_success(
  p_image_id uuid, p_duration_ms integer default null, p_job_id bigint default null
) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform from catalog.thumbnail_jobs
  where image_id = p_image_id and status = 'processing' and job_id is not distinct from coalesce(p_job_id, job_id)
  for update;
  if not found then
    return false;
  end if;
  perform catalog.close_thumbnail_job(p_image_id, 'success', p_duration_ms => p_duration_ms);
  return true;
end
$$;

revoke execute on function catalog.mark_thumbnail_job_success(uuid, integer, bigint) from public;
