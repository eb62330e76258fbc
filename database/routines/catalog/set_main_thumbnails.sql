-- Sets what a worker made, if it is still what the photo needs (compare-and-set under the product's lock), together
-- with the job's mark, the metrics and the event, in this transaction. Answers
--   set         all variants: `ready`; `desktop` and some others: `partial`, and the next attempt is enqueued
--   unchanged   the photo has thumbnails of this signature already (another run was first), and these add no size to
--               them: they are purged, as far as they are other objects
--   superseded  the photo has gone, has other bytes, is not to have thumbnails, or has those of a newer recipe: the
--               objects made for nothing are purged
-- `p_thumbnails`: variant → key in the store. `p_addresses`, when given, is what the event shows instead of the keys.
-- Raises invalid_parameter_value without `desktop` or for a signature of other bytes.
create or replace function catalog.set_main_thumbnails(
  p_image_id uuid, p_sha256 text, p_signature text, p_thumbnails jsonb, p_placeholder text,
  p_duration_ms integer default null, p_worker_id text default null, p_addresses jsonb default null
) returns text
language plpgsql
set search_path = ''
as $$
declare
  image    catalog.product_images;
  job      catalog.thumbnail_jobs;
  expected text := catalog.expected_signature(p_sha256);
  merged   jsonb;
  is_full  boolean;
begin
  if not coalesce(p_thumbnails ? 'desktop', false) or left(p_signature, 17) <> left(p_sha256, 16) || '.' then
    raise exception 'thumbnails need a desktop variant and the signature of their original'
      using errcode = 'invalid_parameter_value';
  end if;
  select * into image from catalog.lock_photo(p_image_id);
  if image.id is null or image.sha256 <> p_sha256 or not catalog.wants_thumbnails(image.position)
    or (image.thumbnail_state = 'ready' and image.thumbnail_signature = expected and p_signature <> expected)
  then
    perform catalog.give_up_thumbnails(image, p_image_id, p_thumbnails);
    return 'superseded';
  end if;

  if image.thumbnail_signature = p_signature and (
    image.thumbnail_state = 'ready'
    or (image.thumbnail_state = 'partial' and image.thumbnails ?& array(select jsonb_object_keys(p_thumbnails)))
  ) then
    perform catalog.enqueue_purge(array(
      select value from jsonb_each_text(p_thumbnails) except select value from jsonb_each_text(image.thumbnails)
    ));
    perform catalog.mark_thumbnail_job_success(p_image_id, p_duration_ms);
    perform catalog.leave_photos_unchanged();
    return 'unchanged';
  end if;

  -- Of one recipe, each attempt adds what the ones before it could not make.
  merged := case when image.thumbnail_signature = p_signature then coalesce(image.thumbnails, '{}') else '{}' end
    || p_thumbnails;
  is_full := merged ?& catalog.thumbnail_variants();

  update catalog.product_images
  set
    thumbnails = merged, thumbnail_url = merged ->> 'desktop', thumbnail_signature = p_signature,
    placeholder = coalesce(p_placeholder, placeholder),
    thumbnail_state = case when is_full then 'ready' else 'partial' end
  where id = p_image_id;
  job := catalog.close_thumbnail_job(
    p_image_id, 'success', case when not is_full then 'VARIANT_FAILED' end, null, p_duration_ms
  );
  if not is_full then
    perform catalog.retry_partial_thumbnails(job);
  end if;
  insert into catalog.thumbnail_outcomes (image_id, outcome, duration_ms, time_to_desktop_ms)
  values (
    p_image_id, case when is_full then 'success' else 'partial' end, p_duration_ms,
    case
      when image.thumbnail_url is null then (extract(epoch from clock_timestamp() - job.queued_at) * 1000)::integer
    end
  );
  perform catalog.record_image_history(
    p_image_id, case when is_full then 'thumbnails_ready' else 'thumbnails_partial' end, p_attempt => job.attempts,
    p_reason => job.error_code, p_signature => p_signature, p_duration_ms => p_duration_ms, p_worker_id => p_worker_id
  );
  perform catalog.end_photo_change(
    image.product_id,
    case
      when is_full then 'thumbnails_ready'
      when image.thumbnail_signature is distinct from p_signature or image.thumbnails <> merged
      then 'thumbnails_partial'
    end,
    p_image_id,
    jsonb_build_object(
      'attempt', job.attempts,
      'staleDetected', image.thumbnail_signature <> p_signature,
      'previousSignature', image.thumbnail_signature,
      'newSignature', p_signature,
      'thumbnails', coalesce(p_addresses, merged)
    )
  );
  return 'set';
end
$$;

revoke execute on function
  catalog.set_main_thumbnails(uuid, text, text, jsonb, text, integer, text, jsonb)
from public;
