-- Ends the work of a worker whose thumbnails nobody needs any more: its objects are purged (as far as nobody refers to
-- them at that time), its row is closed. `p_image` is a row of nulls when the photo has gone.
create or replace function catalog.give_up_thumbnails(
  p_image catalog.product_images, p_image_id uuid, p_thumbnails jsonb
) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform catalog.enqueue_purge(array(select value from jsonb_each_text(p_thumbnails)));
  if p_image.id is null then
    return;
  end if;
  if catalog.has_waiting_thumbnail_job(p_image_id) then
    update catalog.thumbnail_jobs
    set status = 'queued', attempts = 0, error_code = null, last_error = null, completed_at = null, updated_at = now()
    where image_id = p_image_id and status = 'processing';
  else
    perform catalog.close_thumbnail_job(image_id, 'skipped', 'SUPERSEDED')
    from catalog.thumbnail_jobs
    where image_id = p_image_id and status = 'processing';
  end if;
  perform catalog.leave_photos_unchanged();
end
$$;

revoke execute on function catalog.give_up_thumbnails(catalog.product_images, uuid, jsonb) from public;
