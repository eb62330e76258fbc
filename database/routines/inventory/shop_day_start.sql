-- When a day of the shop begins.
create or replace function inventory.shop_day_start(p_day date) returns timestamptz
language sql stable security definer
set search_path = ''
as $$
  select p_day::timestamp at time zone time_zone from inventory.shop_clock;
$$;

revoke execute on function inventory.shop_day_start(date) from public;
grant execute on function inventory.shop_day_start(date) to bodega_user;
