-- Moves stock from one location to another; the total stays what it was, at every moment that anyone can see. `p_lines`
-- is `[{"productId", "quantity", "lot"?}]`. Answers the document's id. Raises as `record_movement`.
create or replace function inventory.transfer_stock(
  p_from uuid, p_to uuid, p_lines jsonb, p_reason text default null, p_reference text default null,
  p_key text default null
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller       constant text := inventory.require_caller(array['admin', 'warehouse']);
  document constant uuid := platform.uuid_v7();
  lines    inventory.movement_line[];
begin
  if p_from = p_to then
    raise exception 'a transfer leads to another location' using errcode = 'invalid_parameter_value';
  end if;
  lines := array(
    select row(
      'transfer_out', line."productId", p_from, -line.quantity, null, null, line.lot, null, p_to, null
    )::inventory.movement_line
    from rows from (jsonb_to_recordset(p_lines) as ("productId" uuid, quantity numeric, lot text))
      with ordinality as line
    order by line.ordinality
  );
  if p_from is null or p_to is null or cardinality(lines) not between 1 and 500
    or exists (select from unnest(lines) as line where (line.product_id is not null and line.delta < 0) is not true)
  then
    raise exception 'a transfer has 1 to 500 lines with a product and a quantity above 0'
    using errcode = 'invalid_parameter_value';
  end if;
  perform inventory.post_movements(
    row(document, caller, p_reason, p_reference, p_key, null)::inventory.movement_document, lines, 'transferred'
  );
  return document;
end
$$;

revoke execute on function inventory.transfer_stock(uuid, uuid, jsonb, text, text, text) from public;
grant execute on function inventory.transfer_stock(uuid, uuid, jsonb, text, text, text) to bodega_user;
