-- Photos whose thumbnails are not those of today's recipe and bytes, in the order of their ids from after `p_after`:
-- ask again with the last id until fewer than `p_limit` come.
create or replace function catalog.find_stale_thumbnails(p_after uuid default null, p_limit integer default 500)
returns table (image_id uuid, product_id uuid, thumbnail_signature text, expected_signature text)
language sql stable
set search_path = ''
as $$
  select image.id, image.product_id, image.thumbnail_signature, left(image.sha256, 16) || '.' || recipe.version
  from catalog.thumbnail_recipe as recipe
  join catalog.product_images as image
    on image.thumbnail_signature is distinct from left(image.sha256, 16) || '.' || recipe.version
  where image.thumbnail_state in ('ready', 'partial')
    and (p_after is null or image.id > p_after)
  order by image.id
  limit p_limit;
$$;

revoke execute on function catalog.find_stale_thumbnails(uuid, integer) from public;
