-- Removes a photo: the others close up, the next one becomes the main photo, its objects are purged. Answers the row
-- that went; raises no_data_found when there is none (any more), insufficient_privilege.
create or replace function catalog.delete_product_image(p_image_id uuid) returns catalog.product_images
language plpgsql security definer
set search_path = ''
as $$
declare
  product  catalog.products;
  image    catalog.product_images;
  new_main catalog.product_images;
begin
  product := catalog.begin_photo_change(
    (select product_id from catalog.product_images where id = p_image_id), p_all => true
  );
  perform catalog.require_photo_writer(product.supplier_id);
  delete from catalog.product_images where id = p_image_id returning * into image;
  if not found then
    raise exception 'there is no such photo' using errcode = 'no_data_found';
  end if;
  perform catalog.close_up_positions(image.product_id);
  select * into new_main from catalog.product_images where product_id = image.product_id and position = 0;
  perform catalog.end_photo_change(
    image.product_id, 'base_insert', new_main.id,
    case when image.position = 0 then catalog.main_change(image, new_main) else '{}' end
  );
  return image;
end
$$;

revoke execute on function catalog.delete_product_image(uuid) from public;
grant execute on function catalog.delete_product_image(uuid) to bodega_user;
