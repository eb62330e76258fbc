-- Objects that a photo no longer refers to are removed after a grace time: by now the new ones are there.
create or replace function catalog.purge_replaced_objects() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform catalog.enqueue_purge(
    array(
      select catalog.thumbnail_folders(old.thumbnails)
      except
      select catalog.thumbnail_folders(new.thumbnails)
    ) || case when old.original_key <> new.original_key then old.original_key end,
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
  (old.thumbnails is not null and old.thumbnails is distinct from new.thumbnails)
  or old.original_key <> new.original_key
)
execute function catalog.purge_replaced_objects();
