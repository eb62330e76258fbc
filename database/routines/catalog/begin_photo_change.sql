-- The lock that every change of a product's photos takes first: the product's own row, so it works for a product
-- without photos too. `no key update` leaves other tables free to refer to the product meanwhile. Until
-- `end_photo_change`, the triggers leave order, revision and events of this product to the function at work.
create or replace function catalog.begin_photo_change(p_product_id uuid) returns catalog.products
language plpgsql
set search_path = ''
as $$
declare
  product catalog.products;
begin
  select * into product from catalog.products where id = p_product_id for no key update;
  if not found then
    raise exception 'there is no such product' using errcode = 'no_data_found';
  end if;
  perform set_config('catalog.changing_photos_of', p_product_id::text, true);
  return product;
end
$$;

revoke execute on function catalog.begin_photo_change(uuid) from public;
