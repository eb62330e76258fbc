-- After any delete of photos (a function's, plain SQL, the cascade of a product): their objects are purged, and where
-- nobody has this product's change in hand already, the order is closed up, the next main photo promoted (by its own
-- trigger), the revision raised and the event published. A product that goes itself needs the purge alone.
create or replace function catalog.settle_deleted_photos() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  product uuid;
begin
  perform catalog.enqueue_purge(array(
    select format('products/%s/%s/', product_id, id) from deleted
    union
    select original_key from deleted where not starts_with(original_key, format('products/%s/%s/', product_id, id))
  ));
  for product in
    select distinct product_id from deleted
    where product_id::text is distinct from current_setting('catalog.changing_photos_of', true)
    order by product_id
  loop
    perform from catalog.products where id = product for no key update;
    continue when not found;
    perform catalog.begin_photo_change(product);
    perform catalog.close_up_positions(product);
    perform catalog.end_photo_change(product, 'base_insert', (
      select id from catalog.product_images where product_id = product and position = 0
    ));
  end loop;
  return null;
end
$$;

revoke execute on function catalog.settle_deleted_photos() from public;

create or replace trigger settle_deleted_photos
after delete on catalog.product_images
referencing old table as deleted
for each statement execute function catalog.settle_deleted_photos();
