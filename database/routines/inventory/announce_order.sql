-- Tells that what is incoming has changed for the products of an order.
create or replace function inventory.announce_order(p_id uuid, p_phase text) returns void
language sql
set search_path = ''
as $$
  select inventory.announce(
    p_phase, array_agg(line.product_id), array_agg(purchase_order.location_id),
    jsonb_build_object('purchaseOrderId', p_id)
  )
  from inventory.purchase_orders as purchase_order
  join inventory.purchase_order_lines as line on line.order_id = purchase_order.id
  where purchase_order.id = p_id;
$$;

revoke execute on function inventory.announce_order(uuid, text) from public;
