-- Makes a location and answers its id. Raises unique_violation for a code that is taken, check_violation,
-- insufficient_privilege.
create or replace function inventory.create_location(p_code text, p_name text) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  location_id uuid;
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  insert into inventory.locations (code, name) values (btrim(p_code), btrim(p_name)) returning id into location_id;
  return location_id;
end
$$;

revoke execute on function inventory.create_location(text, text) from public;
grant execute on function inventory.create_location(text, text) to bodega_user;
