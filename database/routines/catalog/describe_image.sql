-- Describes a photo: a text for those who cannot see it, the point that matters in it. Null leaves what there is. Raises
-- the product's revision, without an event: thumbnails are not touched.
-- Errors: no_data_found (no such photo), insufficient_privilege.
create or replace function catalog.describe_image(p_image_id uuid, p_alt text, p_focal_x real, p_focal_y real)
returns catalog.product_images
language plpgsql security definer
set search_path = ''
as $$
declare
  image catalog.product_images;
begin
  select * into image from catalog.lock_photo(p_image_id);
  perform catalog.require_photo_writer((select supplier_id from catalog.products where id = image.product_id));
  if image.id is null then
    raise exception 'there is no such photo' using errcode = 'no_data_found';
  end if;
  update catalog.product_images
  set
    alt = coalesce(p_alt, alt), focal_x = coalesce(p_focal_x, focal_x), focal_y = coalesce(p_focal_y, focal_y)
  where id = p_image_id
    and (alt, focal_x, focal_y)
      is distinct from (coalesce(p_alt, alt), coalesce(p_focal_x, focal_x), coalesce(p_focal_y, focal_y))
  returning * into image;
  if found then
    perform catalog.end_photo_change(image.product_id, null, null);
  else
    perform catalog.leave_photos_unchanged();
    select * into image from catalog.product_images where id = p_image_id;
  end if;
  return image;
end
$$;

revoke execute on function catalog.describe_image(uuid, text, real, real) from public;
grant execute on function catalog.describe_image(uuid, text, real, real) to bodega_user;
