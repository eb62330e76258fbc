-- Brings photos in line with the setting `images.thumbnailsFor` after it was changed: up to `p_limit` others than main
-- ones become `uploaded` (and are enqueued) or `none`. Answers how many; call it until that is 0.
create or replace function catalog.apply_thumbnails_for(p_limit integer default 500) returns integer
language plpgsql
set search_path = ''
as $$
declare
  misfit  uuid;
  image   catalog.product_images;
  applied integer := 0;
  is_all  boolean := catalog.wants_thumbnails(1);
begin
  for misfit in
    select id from catalog.product_images
    where position > 0 and (thumbnail_state = 'none') = is_all
    order by id
    limit p_limit
  loop
    select * into image from catalog.lock_photo(misfit);
    continue when image.id is null;
    update catalog.product_images
    set thumbnail_state = case when is_all then 'uploaded' else 'none' end
    where id = misfit;
    perform catalog.end_photo_change(image.product_id, null, null);
    applied := applied + 1;
  end loop;
  return applied;
end
$$;

revoke execute on function catalog.apply_thumbnails_for(integer) from public;
