-- Expects nothing more of an order; what came stays. Raises no_data_found, IV007, insufficient_privilege.
create or replace function inventory.cancel_purchase_order(p_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  perform inventory.lock_order(p_id, array['draft', 'sent', 'partly_received']);
  update inventory.purchase_orders set status = 'cancelled', closed_at = now() where id = p_id;
  perform inventory.announce_order(p_id, 'order_cancelled');
end
$$;

revoke execute on function inventory.cancel_purchase_order(uuid) from public;
grant execute on function inventory.cancel_purchase_order(uuid) to bodega_user;
