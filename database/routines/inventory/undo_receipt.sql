-- What an undone receipt had brought is expected again, unless the order was cancelled. Nothing for other documents.
create or replace function inventory.undo_receipt(p_receipt_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_order_id uuid;
begin
  select order_id into v_order_id from inventory.receipts where id = p_receipt_id;
  if not found then
    return;
  end if;
  perform from inventory.purchase_orders where id = v_order_id for no key update;
  update inventory.receipts set undone_at = now() where id = p_receipt_id;
  update inventory.purchase_order_lines as line
  set received = line.received - undone.quantity
  from (
    select order_line_id, sum(quantity) as quantity
    from inventory.receipt_lines where receipt_id = p_receipt_id
    group by order_line_id
  ) as undone
  where line.id = undone.order_line_id;
  perform inventory.settle_order_status(v_order_id);
end
$$;

revoke execute on function inventory.undo_receipt(uuid) from public;
