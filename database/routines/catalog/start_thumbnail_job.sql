-- What a worker asks before it begins, in `action`:
--   generate  go on: the photo is `generating`, this is attempt `attempts`
--   valid     the thumbnails are those of today's recipe already; closed as success
--   skip      the photo is not to have thumbnails (`SUPERSEDED`); closed as skipped
--   busy      another live job is at work on it; this one has been put back to run a second later: end quietly
--   gone      there is no such photo (any more)
-- Never two at once: the row of a worker that died (the queue has let go of its job) is taken over.
create or replace function catalog.start_thumbnail_job(
  p_image_id uuid, p_worker_id text, p_trace_id text, p_job_id bigint, p_force boolean default false
) returns catalog.thumbnail_assignment
language plpgsql
set search_path = ''
as $$
declare
  answer  catalog.thumbnail_assignment;
  product catalog.products;
  image   catalog.product_images;
  job     catalog.thumbnail_jobs;
begin
  select * into image from catalog.lock_photo(p_image_id);
  if image.id is null then
    answer.action := 'gone';
    return answer;
  end if;
  insert into catalog.thumbnail_jobs (image_id) values (p_image_id) on conflict do nothing;
  select * into job from catalog.thumbnail_jobs where image_id = p_image_id for update;

  answer.action := case
    when job.job_id is distinct from p_job_id and catalog.is_thumbnail_job_at_work(job) then 'busy'
    when not catalog.wants_thumbnails(image.position) then 'skip'
    when image.thumbnail_state = 'ready' and not p_force
      and image.thumbnail_signature = catalog.expected_signature(image.sha256) then 'valid'
    else 'generate'
  end;
  answer.reason := case answer.action when 'skip' then 'SUPERSEDED' when 'busy' then 'IN_PROGRESS' end;

  case answer.action
    when 'busy' then
      perform platform.enqueue_job(
        'generate-thumbnails', jsonb_build_object('imageId', p_image_id, 'force', p_force),
        'thumbnails:' || p_image_id, clock_timestamp() + interval '1 second'
      );
    when 'skip' then
      perform catalog.close_thumbnail_job(p_image_id, 'skipped', 'SUPERSEDED');
    when 'valid' then
      if job.status <> 'success' then
        perform catalog.close_thumbnail_job(p_image_id, 'success');
      end if;
    when 'generate' then
      update catalog.thumbnail_jobs
      set
        status = 'processing', attempts = attempts + 1, worker_id = p_worker_id, job_id = p_job_id,
        trace_id = coalesce(p_trace_id, platform.trace_id()), started_at = clock_timestamp(), completed_at = null,
        duration_ms = null, retry_at = null, updated_at = now()
      where image_id = p_image_id
      returning * into job;
      update catalog.product_images set thumbnail_state = 'generating' where id = p_image_id;
      insert into catalog.thumbnail_outcomes (image_id, outcome) values (p_image_id, 'attempt');
      perform catalog.record_image_history(
        p_image_id, 'started', p_attempt => job.attempts, p_worker_id => p_worker_id
      );
  end case;
  if answer.action = 'generate' then
    perform catalog.end_photo_change(image.product_id, null, null);
  else
    perform catalog.leave_photos_unchanged();
  end if;

  select * into product from catalog.products where id = image.product_id;
  answer.attempts := job.attempts;
  answer.product_id := image.product_id;
  answer.supplier_id := product.supplier_id;
  answer.position := image.position;
  answer.sha256 := image.sha256;
  answer.mime_type := image.mime_type;
  answer.width := image.width;
  answer.height := image.height;
  answer.size_bytes := image.size_bytes;
  answer.original_key := image.original_key;
  answer.expected_signature := catalog.expected_signature(image.sha256);
  answer.thumbnail_signature := image.thumbnail_signature;
  answer.thumbnails := image.thumbnails;
  return answer;
end
$$;

revoke execute on function catalog.start_thumbnail_job(uuid, text, text, bigint, boolean) from public;
