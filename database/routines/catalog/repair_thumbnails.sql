-- Takes back thumbnails whose objects are missing in the store (the caller has looked): without `desktop` the photo
-- starts over, else it is `partial`. Enqueued by the trigger; one event `repair` with `OBJECT_MISSING`. `p_signature`:
-- those that were looked at; others have come since when it differs. Answers whether anything was taken back.
create or replace function catalog.repair_thumbnails(
  p_image_id uuid, p_missing text[], p_signature text default null
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  image catalog.product_images;
begin
  select * into image from catalog.lock_photo(p_image_id);
  if image.id is null then
    return false;
  end if;
  if image.thumbnail_state not in ('ready', 'partial') or not image.thumbnails ?| p_missing
    or image.thumbnail_signature <> coalesce(p_signature, image.thumbnail_signature)
  then
    perform catalog.leave_photos_unchanged();
    return false;
  end if;
  perform catalog.record_image_history(
    p_image_id, 'repair', p_reason => 'OBJECT_MISSING', p_message => array_to_string(p_missing, ', '),
    p_signature => image.thumbnail_signature
  );
  if 'desktop' = any (p_missing) then
    update catalog.product_images set thumbnail_state = 'uploaded' where id = p_image_id;
  else
    update catalog.product_images set thumbnails = thumbnails - p_missing where id = p_image_id;
    if image.thumbnail_state = 'partial' then
      perform catalog.queue_thumbnails(p_image_id, 'OBJECT_MISSING');
    end if;
  end if;
  perform catalog.end_photo_change(image.product_id, 'repair', p_image_id, jsonb_build_object(
    'reason', 'OBJECT_MISSING', 'staleDetected', true, 'previousSignature', image.thumbnail_signature,
    'newSignature', catalog.expected_signature(image.sha256)
  ));
  return true;
end
$$;

revoke execute on function catalog.repair_thumbnails(uuid, text[], text) from public;
