-- Gives back what was reserved. Raises no_data_found, IV002, insufficient_privilege.
create or replace function inventory.cancel_reservation(p_id uuid, p_reason text default null) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
begin
  perform inventory.lock_reservation(p_id, p_even_overdue => true);
  perform inventory.lock_levels(array_agg(product_id), array_agg(location_id))
  from inventory.reservation_lines where reservation_id = p_id;
  perform inventory.close_holds(array[p_id], 'cancelled', caller, p_reason);
end
$$;

revoke execute on function inventory.cancel_reservation(uuid, text) from public;
grant execute on function inventory.cancel_reservation(uuid, text) to bodega_user;
