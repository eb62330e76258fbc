-- Locks an order that has to be in one of `p_statuses`; raises no_data_found or IV007.
create or replace function inventory.lock_order(p_id uuid, p_statuses text[]) returns inventory.purchase_orders
language plpgsql
set search_path = ''
as $$
declare
  purchase_order inventory.purchase_orders;
begin
  select * into purchase_order from inventory.purchase_orders where id = p_id for no key update;
  if not found then
    raise exception 'there is no such order' using errcode = 'no_data_found';
  end if;
  if purchase_order.status <> all (p_statuses) then
    perform inventory.refuse('IV007', 'the order is ' || replace(purchase_order.status, '_', ' '),
      jsonb_build_array(jsonb_build_object('status', purchase_order.status)));
  end if;
  return purchase_order;
end
$$;

revoke execute on function inventory.lock_order(uuid, text[]) from public;
