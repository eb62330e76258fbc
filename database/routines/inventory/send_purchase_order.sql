-- Marks a draft as sent: from now on its goods are expected. Raises no_data_found, IV007, insufficient_privilege.
create or replace function inventory.send_purchase_order(p_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  perform inventory.lock_order(p_id, array['draft']);
  update inventory.purchase_orders set status = 'sent', sent_at = now() where id = p_id;
  perform inventory.announce_order(p_id, 'ordered');
end
$$;

revoke execute on function inventory.send_purchase_order(uuid) from public;
grant execute on function inventory.send_purchase_order(uuid) to bodega_user;
