-- The products that the caller may see whose SKU is one of `p_codes`, whatever the case of either, with the code that each
-- was found by and whether it is written the very same.
--
-- A definer function: `lower` is not leakproof, so under row security no index of it could be used.
create or replace function inventory.find_products_by_sku(p_codes text[])
returns table (product_id uuid, code text, is_same boolean)
language plpgsql stable security definer rows 5
set search_path = ''
as $$
declare
  seen record;
begin
  select * into seen from inventory.products_seen();
  return query
  select product.id, given.code, product.sku = given.code
  from unnest(p_codes) as given (code)
  join catalog.products as product on lower(product.sku) = lower(given.code)
  where seen.are_all or product.supplier_id = seen.of_supplier;
end
$$;

revoke execute on function inventory.find_products_by_sku(text[]) from public;
grant execute on function inventory.find_products_by_sku(text[]) to bodega_user;
