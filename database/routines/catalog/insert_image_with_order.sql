-- Appends a photo at the product's next position, under the product's lock: also the first ones of an empty product
-- that arrive at once get positions 0, 1, 2, … Its object must be in the store already, under a key of `p_image_id`.
-- Errors: no_data_found (no such product), insufficient_privilege, unique_violation (the id is taken),
-- object_not_in_prerequisite_state (it has 200 photos, the most that can be ordered in one request).
create or replace function catalog.insert_image_with_order(
  p_image_id uuid, p_product_id uuid, p_sha256 text, p_mime_type text, p_width integer, p_height integer,
  p_size_bytes bigint, p_original_key text, p_alt text default ''
) returns catalog.product_images
language plpgsql security definer
set search_path = ''
as $$
declare
  product catalog.products;
  image   catalog.product_images;
begin
  product := catalog.begin_photo_change(p_product_id);
  perform catalog.require_photo_writer(product.supplier_id);
  if (select count(*) from catalog.product_images where product_id = p_product_id) >= 200 then
    raise exception 'a product may have 200 photos' using errcode = 'object_not_in_prerequisite_state';
  end if;
  insert into catalog.product_images (
    id, product_id, position, sha256, mime_type, width, height, size_bytes, original_key, alt
  )
  values (
    p_image_id, p_product_id,
    (select coalesce(max(position) + 1, 0) from catalog.product_images where product_id = p_product_id),
    p_sha256, p_mime_type, p_width, p_height, p_size_bytes, p_original_key, coalesce(p_alt, '')
  )
  returning * into image;
  perform catalog.record_image_history(image.id, 'base_insert');
  perform catalog.end_photo_change(p_product_id, 'base_insert', image.id, jsonb_build_object(
    'newSignature', case when image.position = 0 then catalog.expected_signature(image.sha256) end
  ));
  return image;
end
$$;

revoke execute on function
  catalog.insert_image_with_order(uuid, uuid, text, text, integer, integer, bigint, text, text)
from public;
grant execute on function
  catalog.insert_image_with_order(uuid, uuid, text, text, integer, integer, bigint, text, text)
to bodega_user;
