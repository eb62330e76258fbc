-- Renames a location or takes it out of use; what is null stays. Raises no_data_found, unique_violation, IV009 for a
-- location that still holds stock, insufficient_privilege.
create or replace function inventory.change_location(p_id uuid, p_code text, p_name text, p_is_active boolean)
returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  update inventory.locations
  set code = coalesce(btrim(p_code), code), name = coalesce(btrim(p_name), name),
    is_active = coalesce(p_is_active, is_active)
  where id = p_id;
  if not found then
    raise exception 'there is no such location' using errcode = 'no_data_found';
  end if;
  if p_is_active is false and exists (select from inventory.stock_levels where location_id = p_id and on_hand > 0) then
    perform inventory.refuse('IV009', 'the location still holds stock');
  end if;
end
$$;

revoke execute on function inventory.change_location(uuid, text, text, boolean) from public;
grant execute on function inventory.change_location(uuid, text, text, boolean) to bodega_user;
