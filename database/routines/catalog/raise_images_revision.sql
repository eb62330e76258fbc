-- Photos added or changed by plain SQL raise their product's revision too; the functions do it themselves, once.
create or replace function catalog.raise_images_revision() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update catalog.products
  set images_revision = images_revision + 1, has_photo = true
  where id in (select product_id from changed)
    and id::text is distinct from current_setting('catalog.changing_photos_of', true);
  return null;
end
$$;

revoke execute on function catalog.raise_images_revision() from public;

create or replace trigger raise_images_revision_on_insert
after insert on catalog.product_images
referencing new table as changed
for each statement execute function catalog.raise_images_revision();

create or replace trigger raise_images_revision_on_update
after update on catalog.product_images
referencing new table as changed
for each statement execute function catalog.raise_images_revision();
