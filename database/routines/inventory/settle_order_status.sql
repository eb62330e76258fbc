-- Sets an order that was sent to what its lines say; a cancelled one stays cancelled.
create or replace function inventory.settle_order_status(p_order_id uuid) returns void
language sql
set search_path = ''
as $$
  update inventory.purchase_orders as purchase_order
  set status = settled.status, closed_at = case when settled.status = 'received' then now() end
  from (
    select case
      when bool_and(received = quantity) then 'received'
      when bool_or(received > 0) then 'partly_received'
      else 'sent'
    end as status
    from inventory.purchase_order_lines where order_id = p_order_id
  ) as settled
  where purchase_order.id = p_order_id and purchase_order.status in ('sent', 'partly_received', 'received');
$$;

revoke execute on function inventory.settle_order_status(uuid) from public;
