-- The date in the shop.
create or replace function inventory.shop_today() returns date
language sql stable security definer
set search_path = ''
as $$
  select (now() at time zone time_zone)::date from inventory.shop_clock;
$$;

revoke execute on function inventory.shop_today() from public;
grant execute on function inventory.shop_today() to bodega_user;
