-- Closes a job whose photo gets no thumbnails by policy (`WEBP_SKIPPED`): the photo is `skipped`, nothing tries again
-- by itself, and the event says why. Thumbnails of before the policy go. False when the photo is not at that any more.
create or replace function catalog.mark_thumbnail_job_skipped(
  p_image_id uuid, p_reason text, p_placeholder text default null, p_duration_ms integer default null
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  image catalog.product_images;
  job   catalog.thumbnail_jobs;
begin
  select * into image from catalog.lock_photo(p_image_id);
  if image.id is null then
    return false;
  end if;
  if image.thumbnail_state <> 'generating' then
    perform catalog.give_up_thumbnails(image, p_image_id, '{}');
    return false;
  end if;
  job := catalog.close_thumbnail_job(p_image_id, 'skipped', p_reason, p_duration_ms => p_duration_ms);
  update catalog.product_images
  set
    thumbnail_state = 'skipped', thumbnails = null, thumbnail_url = null, thumbnail_signature = null,
    placeholder = coalesce(p_placeholder, placeholder)
  where id = p_image_id;
  insert into catalog.thumbnail_outcomes (image_id, outcome, duration_ms) values (p_image_id, 'skipped', p_duration_ms);
  perform catalog.record_image_history(
    p_image_id, case when p_reason = 'WEBP_SKIPPED' then 'thumbnails_skipped_webp' else 'thumbnails_skipped' end,
    p_attempt => job.attempts, p_reason => p_reason, p_duration_ms => p_duration_ms, p_worker_id => job.worker_id
  );
  perform catalog.end_photo_change(
    image.product_id, case when p_reason = 'WEBP_SKIPPED' then 'thumbnails_skipped_webp' end, p_image_id,
    jsonb_build_object('attempt', job.attempts, 'reason', p_reason, 'previousSignature', image.thumbnail_signature)
  );
  return true;
end
$$;

revoke execute on function catalog.mark_thumbnail_job_skipped(uuid, text, text, integer) from public;
