-- Makes a product's positions 0, 1, 2, … again, in their order. The caller holds the product's lock.
create or replace function catalog.close_up_positions(p_product_id uuid) returns void
language sql
set search_path = ''
as $$
  update catalog.product_images
  set position = numbered.place
  from (
    select id, row_number() over (order by position, id) - 1 as place
    from catalog.product_images
    where product_id = p_product_id
  ) as numbered
  where product_images.id = numbered.id and product_images.position <> numbered.place;
$$;

revoke execute on function catalog.close_up_positions(uuid) from public;
