-- Closes an attempt that failed. Not final: the photo is `retry_scheduled` (the queue tries again at about
-- `p_retry_at`). Final: it is `failed`, with the one event that says so; but where other work on it is waiting already
-- (it was asked for meanwhile), that one decides. Answers `failed`, `retry_scheduled`, or `superseded` when the row is
-- not this job's any more or the photo needs no thumbnails now: then nothing is marked but the row closed.
create or replace function catalog.mark_thumbnail_job_error(
  p_image_id uuid, p_error_code text, p_message text, p_retry_at timestamptz default null,
  p_final boolean default false, p_job_id bigint default null, p_duration_ms integer default null
) returns text
language plpgsql
set search_path = ''
as $$
declare
  image    catalog.product_images;
  job      catalog.thumbnail_jobs;
  is_final boolean;
begin
  select * into image from catalog.lock_photo(p_image_id);
  if image.id is null then
    return 'superseded';
  end if;
  select * into job from catalog.thumbnail_jobs where image_id = p_image_id for update;
  if image.thumbnail_state not in ('uploaded', 'generating', 'retry_scheduled')
    or (p_job_id is not null and job.job_id is distinct from p_job_id and job.status = 'processing')
    -- Demoted and promoted again while it ran: the work that waits since then starts anew.
    or (
      image.thumbnail_state = 'uploaded' and job.status = 'processing'
      and catalog.has_waiting_thumbnail_job(p_image_id)
    )
  then
    if p_job_id is null or job.job_id = p_job_id then
      perform catalog.give_up_thumbnails(image, p_image_id, '{}');
    end if;
    perform catalog.leave_photos_unchanged();
    return 'superseded';
  end if;

  is_final := p_final and not catalog.has_waiting_thumbnail_job(p_image_id);
  job := catalog.close_thumbnail_job(
    p_image_id, 'error', p_error_code, p_message, p_duration_ms, case when not is_final then p_retry_at end
  );
  update catalog.product_images
  set thumbnail_state = case when is_final then 'failed' else 'retry_scheduled' end
  where id = p_image_id;
  if is_final then
    insert into catalog.thumbnail_outcomes (image_id, outcome, duration_ms)
    values (p_image_id, 'failed', p_duration_ms);
  end if;
  perform catalog.record_image_history(
    p_image_id, case when is_final then 'thumbnails_failed' else 'retry_scheduled' end, p_attempt => job.attempts,
    p_reason => p_error_code, p_message => p_message, p_duration_ms => p_duration_ms, p_worker_id => job.worker_id
  );
  perform catalog.end_photo_change(
    image.product_id, case when is_final then 'thumbnails_failed' end, p_image_id,
    jsonb_build_object('attempt', job.attempts, 'reason', p_error_code)
  );
  return case when is_final then 'failed' else 'retry_scheduled' end;
end
$$;

revoke execute on function
  catalog.mark_thumbnail_job_error(uuid, text, text, timestamptz, boolean, bigint, integer)
from public;
