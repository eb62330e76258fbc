-- Puts a product's photos in the order of `p_ids`, which must name each of them once.
-- Errors: no_data_found (no such product), insufficient_privilege, object_not_in_prerequisite_state (the photos are
-- not, or no longer, these).
create or replace function catalog.reorder_product_images(p_product_id uuid, p_ids uuid[])
returns setof catalog.product_images
language plpgsql security definer
set search_path = ''
as $$
declare
  product  catalog.products;
  old_main catalog.product_images;
  new_main catalog.product_images;
begin
  product := catalog.begin_photo_change(p_product_id, p_all => true);
  perform catalog.require_photo_writer(product.supplier_id);
  if array(select id from unnest(p_ids) as id order by id)
    is distinct from array(select id from catalog.product_images where product_id = p_product_id order by id)
  then
    raise exception 'the order must name each photo of the product once'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  select * into old_main from catalog.product_images where product_id = p_product_id and position = 0;
  update catalog.product_images as image
  set position = named.place - 1
  from unnest(p_ids) with ordinality as named (id, place)
  where image.id = named.id and image.position <> named.place - 1;
  if found then
    select * into new_main from catalog.product_images where product_id = p_product_id and position = 0;
    perform catalog.end_photo_change(p_product_id, 'base_insert', new_main.id, catalog.main_change(old_main, new_main));
  else
    perform catalog.leave_photos_unchanged();
  end if;
  return query select * from catalog.product_images where product_id = p_product_id order by position;
end
$$;

revoke execute on function catalog.reorder_product_images(uuid, uuid[]) from public;
grant execute on function catalog.reorder_product_images(uuid, uuid[]) to bodega_user;
