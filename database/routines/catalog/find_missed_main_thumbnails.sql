-- Photos that should have thumbnails, are older than `p_older_than` and will get none by themselves: no valid `desktop`
-- (or some sizes missing), no worker at it, no waiting job. Those whose attempts are used up are not found again.
create or replace function catalog.find_missed_main_thumbnails(
  p_older_than interval default '2 minutes', p_limit integer default 500
) returns table (image_id uuid, product_id uuid, thumbnail_state text, waiting_since timestamptz)
language sql stable
set search_path = ''
as $$
  select image.id, image.product_id, image.thumbnail_state, image.state_changed_at
  from catalog.product_images as image
  left join catalog.thumbnail_jobs as job on job.image_id = image.id
  where (
      image.thumbnail_state in ('uploaded', 'generating', 'retry_scheduled', 'partial')
      or (image.position = 0 and image.thumbnail_state = 'none')
    )
    and image.state_changed_at < now() - p_older_than
    and coalesce(not catalog.is_thumbnail_job_at_work(job), true)
    and not (image.thumbnail_state = 'partial' and job.attempts >= catalog.thumbnail_attempts_max())
    and not catalog.has_waiting_thumbnail_job(image.id)
  order by image.state_changed_at
  limit p_limit;
$$;

revoke execute on function catalog.find_missed_main_thumbnails(interval, integer) from public;
