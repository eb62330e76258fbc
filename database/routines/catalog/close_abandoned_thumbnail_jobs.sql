-- Closes job rows left `processing` whose job the queue does not hold any more (the worker died, the job was removed).
-- The photo is `retry_scheduled` and, where no job waits, enqueued; with its attempts used up it is `failed`. Answers
-- the photos.
create or replace function catalog.close_abandoned_thumbnail_jobs(
  p_older_than interval default '2 minutes', p_limit integer default 500
) returns setof uuid
language plpgsql
set search_path = ''
as $$
declare
  job   catalog.thumbnail_jobs;
  image catalog.product_images;
begin
  for job in
    select * from catalog.thumbnail_jobs as candidate
    where status = 'processing' and started_at < now() - p_older_than
      and not catalog.is_thumbnail_job_at_work(candidate)
    order by started_at
    limit p_limit
  loop
    select * into image from catalog.lock_photo(job.image_id, p_skip_locked => true);
    continue when image.id is null;
    if catalog.abandon_thumbnail_job(job.image_id) then
      if image.thumbnail_state = 'generating' then
        perform catalog.mark_thumbnail_job_error(
          job.image_id, 'WORKER_LOST', 'The worker that was at it has gone.',
          p_final => job.attempts >= catalog.thumbnail_attempts_max()
        );
        if job.attempts < catalog.thumbnail_attempts_max() and not catalog.has_waiting_thumbnail_job(job.image_id) then
          perform catalog.queue_thumbnails(job.image_id, 'WORKER_LOST', p_anew => false);
        end if;
      end if;
      return next job.image_id;
    end if;
    perform catalog.leave_photos_unchanged();
  end loop;
end
$$;

revoke execute on function catalog.close_abandoned_thumbnail_jobs(interval, integer) from public;
