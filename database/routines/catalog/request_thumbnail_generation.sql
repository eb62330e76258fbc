-- Asks for a photo's thumbnails: `{"state", "attempts", "queued"}`. Nothing is queued when they are valid, when the
-- photo is to have none, or when policy skipped it (unless forced). Work that is under way or waiting is never doubled:
-- without force, a running one is answered for and a waiting one is only brought forward. `failed` is tried anew.
-- `p_priority`: smaller runs first; give backfills a large one.
-- Errors: no_data_found (no such photo), insufficient_privilege.
create or replace function catalog.request_thumbnail_generation(
  p_image_id uuid, p_force boolean default false, p_priority integer default 0
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  image     catalog.product_images;
  job       catalog.thumbnail_jobs;
  is_valid  boolean;
  is_queued boolean;
begin
  select * into image from catalog.lock_photo(p_image_id);
  perform catalog.require_photo_writer((select supplier_id from catalog.products where id = image.product_id));
  if image.id is null then
    raise exception 'there is no such photo' using errcode = 'no_data_found';
  end if;
  select * into job from catalog.thumbnail_jobs where image_id = p_image_id for update;
  is_valid := image.thumbnail_state = 'ready'
    and image.thumbnail_signature = catalog.expected_signature(image.sha256);
  is_queued := catalog.wants_thumbnails(image.position)
    and (p_force or (not is_valid and image.thumbnail_state <> 'skipped'));
  if is_queued and (p_force or not coalesce(catalog.is_thumbnail_job_at_work(job), false)) then
    perform catalog.queue_thumbnails(
      p_image_id, 'REQUESTED', p_force => p_force, p_priority => p_priority,
      p_anew => p_force or image.thumbnail_state in ('failed', 'ready', 'skipped', 'partial')
    );
    select * into job from catalog.thumbnail_jobs where image_id = p_image_id;
  end if;
  perform catalog.leave_photos_unchanged();
  return jsonb_build_object(
    'state', image.thumbnail_state, 'attempts', coalesce(job.attempts, 0), 'queued', is_queued
  );
end
$$;

revoke execute on function catalog.request_thumbnail_generation(uuid, boolean, integer) from public;
grant execute on function catalog.request_thumbnail_generation(uuid, boolean, integer) to bodega_user;
