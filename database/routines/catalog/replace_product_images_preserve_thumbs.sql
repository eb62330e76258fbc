-- Replaces a product's whole list of photos at once. `p_images`, in the order wanted: `{"id"}` for a photo that stays,
-- `{"imageId", "sha256", "mimeType", "width", "height", "sizeBytes", "originalKey", "alt"?}` for a new file. What is
-- not named goes. A new file with the very bytes of a photo that nobody named is that photo: it keeps its id and, on
-- the main one, its thumbnails; the object uploaded for nothing is purged. Same bytes, not same name: a file with
-- another content always is a new photo. `alt`, where given, is set on a photo that stays too. Repeating a call changes
-- nothing. One event, and none when nothing changed.
-- Errors: no_data_found (no such product), insufficient_privilege, invalid_parameter_value (a shape or id is wrong).
create or replace function catalog.replace_product_images_preserve_thumbs(p_product_id uuid, p_images jsonb)
returns setof catalog.product_images
language plpgsql security definer
set search_path = ''
as $$
declare
  product    catalog.products;
  old_main   catalog.product_images;
  new_main   catalog.product_images;
  wanted     uuid[];
  unused     text[];
  inserted   uuid[];
  is_changed boolean := false;
  rows       integer;
begin
  product := catalog.begin_photo_change(p_product_id, p_all => true);
  perform catalog.require_photo_writer(product.supplier_id);
  select * into old_main from catalog.product_images where product_id = p_product_id and position = 0;
  select plan.ids, plan.unused_keys into wanted, unused from catalog.plan_photo_list(p_product_id, p_images) as plan;

  delete from catalog.product_images where product_id = p_product_id and id <> all (wanted);
  get diagnostics rows = row_count;
  is_changed := rows > 0;

  update catalog.product_images as image
  set position = named.place - 1, alt = coalesce(p_images -> (named.place::integer - 1) ->> 'alt', image.alt)
  from unnest(wanted) with ordinality as named (id, place)
  where image.id = named.id and (image.position, image.alt)
    is distinct from (named.place - 1, coalesce(p_images -> (named.place::integer - 1) ->> 'alt', image.alt));
  get diagnostics rows = row_count;
  is_changed := is_changed or rows > 0;

  with added as (
    insert into catalog.product_images (
      id, product_id, position, sha256, mime_type, width, height, size_bytes, original_key, alt
    )
    select
      named.id, p_product_id, named.place - 1, entry ->> 'sha256', entry ->> 'mimeType', (entry ->> 'width')::integer,
      (entry ->> 'height')::integer, (entry ->> 'sizeBytes')::bigint, entry ->> 'originalKey',
      coalesce(entry ->> 'alt', '')
    from unnest(wanted) with ordinality as named (id, place)
    cross join lateral (select p_images -> (named.place::integer - 1) as entry) as given
    where entry ->> 'imageId' = named.id::text
      and not exists (select from catalog.product_images where id = named.id and product_id = p_product_id)
    returning id
  )
  select coalesce(array_agg(id), '{}') into inserted from added;
  is_changed := is_changed or cardinality(inserted) > 0;

  perform catalog.enqueue_purge(unused);
  if is_changed then
    select * into new_main from catalog.product_images where product_id = p_product_id and position = 0;
    perform catalog.record_image_history(id, 'base_insert') from unnest(inserted) as id;
    perform catalog.end_photo_change(p_product_id, 'base_insert', new_main.id, catalog.main_change(old_main, new_main));
  else
    perform catalog.leave_photos_unchanged();
  end if;
  return query select * from catalog.product_images where product_id = p_product_id order by position;
end
$$;

revoke execute on function catalog.replace_product_images_preserve_thumbs(uuid, jsonb) from public;
grant execute on function catalog.replace_product_images_preserve_thumbs(uuid, jsonb) to bodega_user;
