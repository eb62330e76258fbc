-- Raises the product's `images_revision` once for the whole change and, where there is a phase, publishes its one event
-- (contracts, *Events*). Answers the revision.
create or replace function catalog.end_photo_change(
  p_product_id uuid, p_phase text, p_image_id uuid, p_details jsonb default '{}'
) returns bigint
language plpgsql
set search_path = ''
as $$
declare
  product catalog.products;
begin
  update catalog.products
  set images_revision = images_revision + 1,
    has_photo = exists (select from catalog.product_images where product_id = p_product_id)
  where id = p_product_id
  returning * into product;
  perform set_config('catalog.changing_photos_of', '', true);
  if p_phase is not null then
    perform platform.publish_event('product-images', product.supplier_id, jsonb_strip_nulls(
      jsonb_build_object(
        'productId', p_product_id,
        'imageId', p_image_id,
        'phase', p_phase,
        'revision', product.images_revision,
        'count', (select count(*) from catalog.product_images where product_id = p_product_id)
      ) || p_details
    ));
  end if;
  return product.images_revision;
end
$$;

revoke execute on function catalog.end_photo_change(uuid, text, uuid, jsonb) from public;
