-- A product's version (its ETag) and time change with its own fields, not with its photos.
create or replace function catalog.touch_product() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

revoke execute on function catalog.touch_product() from public;

create or replace trigger touch_product
before update on catalog.products
for each row
when (
  (
    old.supplier_id, old.sku, old.gtin, old.name, old.description, old.category, old.unit, old.price, old.cost,
    old.currency, old.minimum_purchase, old.is_active, old.deletion_status, old.deleted_at
  ) is distinct from (
    new.supplier_id, new.sku, new.gtin, new.name, new.description, new.category, new.unit, new.price, new.cost,
    new.currency, new.minimum_purchase, new.is_active, new.deletion_status, new.deleted_at
  )
)
execute function catalog.touch_product();
