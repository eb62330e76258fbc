-- Books what came of an order as `receipt` movements: `p_lines` is `[{"productId", "quantity", "lot"?, "expiresOn"?}]`; a
-- product may come in several lots. Answers the receipt's id, which is its document. Raises no_data_found, IV007, IV005
-- with what is still missing of each line that is over, or not on the order at all; invalid_parameter_value,
-- insufficient_privilege.
create or replace function inventory.receive_purchase_order(
  p_id uuid, p_lines jsonb, p_reference text default null, p_key text default null
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller             constant text := inventory.require_caller(array['admin', 'warehouse']);
  new_id         constant uuid := platform.uuid_v7();
  purchase_order inventory.purchase_orders := inventory.lock_order(p_id, array['sent', 'partly_received', 'received']);
  over           jsonb;
  lines          inventory.movement_line[];
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 500 or exists (
    select from jsonb_to_recordset(p_lines) as line ("productId" uuid, quantity numeric)
    where ("productId" is not null and quantity > 0) is not true
  ) then
    raise exception 'a receipt has 1 to 500 lines with a product and a quantity above 0'
    using errcode = 'invalid_parameter_value';
  end if;
  select jsonb_agg(jsonb_build_object(
    'productId', came.product_id, 'requested', trim_scale(came.quantity)::text,
    'missing', trim_scale(coalesce(line.quantity - line.received, 0))::text
  ))
  into over
  from (
    select "productId" as product_id, sum(quantity) as quantity
    from jsonb_to_recordset(p_lines) as line ("productId" uuid, quantity numeric)
    group by "productId"
  ) as came
  left join inventory.purchase_order_lines as line on line.order_id = p_id and line.product_id = came.product_id
  where came.quantity > coalesce(line.quantity - line.received, 0);
  if over is not null then
    perform inventory.refuse('IV005', 'more came than was ordered', over);
  end if;

  insert into inventory.receipts (id, order_id, reference, created_by) values (new_id, p_id, p_reference, caller);
  insert into inventory.receipt_lines (receipt_id, ordinal, order_line_id, quantity, lot, expires_on)
  select new_id, came.ordinality, line.id, came.quantity, came.lot, came."expiresOn"
  from rows from (jsonb_to_recordset(p_lines) as ("productId" uuid, quantity numeric, lot text, "expiresOn" date))
    with ordinality as came
  join inventory.purchase_order_lines as line on line.order_id = p_id and line.product_id = came."productId";
  update inventory.purchase_order_lines as line
  set received = line.received + came.quantity
  from (
    select order_line_id, sum(quantity) as quantity
    from inventory.receipt_lines where receipt_id = new_id
    group by order_line_id
  ) as came
  where line.id = came.order_line_id;
  perform inventory.settle_order_status(p_id);
  lines := array(
    select row(
      'receipt', line.product_id, purchase_order.location_id, came.quantity, null, null, came.lot, came.expires_on,
      null, null
    )::inventory.movement_line
    from inventory.receipt_lines as came
    join inventory.purchase_order_lines as line on line.id = came.order_line_id
    where came.receipt_id = new_id
    order by came.ordinal
  );
  perform inventory.post_movements(
    row(
      new_id, caller, 'order ' || purchase_order.number, p_reference, p_key, null
    )::inventory.movement_document,
    lines, 'received'
  );
  return new_id;
end
$$;

revoke execute on function inventory.receive_purchase_order(uuid, jsonb, text, text) from public;
grant execute on function inventory.receive_purchase_order(uuid, jsonb, text, text) to bodega_user;
