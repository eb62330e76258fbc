-- Notes that something is missing: a product, or what customers ask for in their own words. Answers its id. Raises
-- check_violation, foreign_key_violation, insufficient_privilege.
create or replace function inventory.report_shortage(
  p_product_id uuid, p_description text, p_location_id uuid, p_quantity numeric, p_note text
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller          constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
  shortage_id uuid;
begin
  insert into inventory.shortages (product_id, description, location_id, quantity, note, created_by, updated_by)
  values (p_product_id, coalesce(p_description, ''), p_location_id, p_quantity, p_note, caller, caller)
  returning id into shortage_id;
  return shortage_id;
end
$$;

revoke execute on function inventory.report_shortage(uuid, text, uuid, numeric, text) from public;
grant execute on function inventory.report_shortage(uuid, text, uuid, numeric, text) to bodega_user;
