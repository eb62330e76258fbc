-- Says where the shop's days begin; the server calls it at its start. Raises invalid_parameter_value for no time zone.
create or replace function inventory.set_shop_time_zone(p_time_zone text) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform now() at time zone p_time_zone;
  update inventory.shop_clock set time_zone = p_time_zone where time_zone <> p_time_zone;
end
$$;

revoke execute on function inventory.set_shop_time_zone(text) from public;
