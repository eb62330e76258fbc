-- The currency of a new product that names none: the setting `products.currency`.
create or replace function catalog.shop_currency() returns text
language sql stable
set search_path = ''
as $$
  select coalesce(platform.get_app_setting('products.currency') #>> '{}', 'USD');
$$;

revoke execute on function catalog.shop_currency() from public;
grant execute on function catalog.shop_currency() to bodega_user;
