-- Objects that a photo no longer refers to are removed after a grace time: by now the new ones are there.
create or replace function catalog.purge_replaced_objects() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform catalog.enqueue_purge(
    array[
      case
        when old.thumbnail_signature is distinct from new.thumbnail_signature
        then format('products/%s/%s/%s/', old.product_id, old.id, old.thumbnail_signature)
      end,
      case when old.original_key <> new.original_key then old.original_key end
    ],
    catalog.replaced_thumbnails_grace()
  );
  return null;
end
$$;

revoke execute on function catalog.purge_replaced_objects() from public;

create or replace trigger purge_replaced_objects
after update on catalog.product_images
for each row
when (
  (old.thumbnail_signature is not null and old.thumbnail_signature is distinct from new.thumbnail_signature)
  or old.original_key <> new.original_key
)
execute function catalog.purge_replaced_objects();
