-- Gives a draft its lines, instead of those that it has.
create or replace function inventory.write_order_lines(p_order_id uuid, p_lines jsonb) returns void
language plpgsql
set search_path = ''
as $$
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 500 then
    raise exception 'an order has 1 to 500 lines' using errcode = 'invalid_parameter_value';
  end if;
  delete from inventory.purchase_order_lines where order_id = p_order_id;
  insert into inventory.purchase_order_lines (order_id, product_id, quantity, unit_cost)
  select p_order_id, "productId", quantity, "unitCost"
  from jsonb_to_recordset(p_lines) as line ("productId" uuid, quantity numeric, "unitCost" numeric);
end
$$;

revoke execute on function inventory.write_order_lines(uuid, jsonb) from public;
