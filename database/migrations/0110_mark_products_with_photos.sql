-- Whether a product has a photo at all, so that those without one are found by an index; what changes photos keeps it
-- (`end_photo_change`, `raise_images_revision`).
alter table catalog.products add column has_photo boolean not null default false;

update catalog.products as product
set has_photo = true
where exists (select from catalog.product_images as photo where photo.product_id = product.id);

create index products_without_photo on catalog.products (created_at, id)
where not has_photo and deletion_status = 'active';
