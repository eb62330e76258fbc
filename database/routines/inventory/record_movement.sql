-- Records an `entry`, `exit` or `adjustment` (requirement's `sp_movimiento_inventario`): `p_lines` is
-- `[{"productId", "locationId", "quantity", "lot"?, "expiresOn"?}]`, an adjustment's quantity with its sign. All lines or
-- none. Answers the document's id. Raises IV001, invalid_parameter_value, foreign_key_violation, insufficient_privilege.
create or replace function inventory.record_movement(
  p_type text, p_lines jsonb, p_reason text default null, p_reference text default null, p_key text default null
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller       constant text := inventory.require_caller(array['admin', 'warehouse']);
  document constant uuid := platform.uuid_v7();
  lines    inventory.movement_line[];
begin
  if (p_type in ('entry', 'exit', 'adjustment')) is not true then
    raise exception 'a movement is an entry, an exit or an adjustment' using errcode = 'invalid_parameter_value';
  end if;
  lines := array(
    select row(
      p_type, line."productId", line."locationId",
      case when p_type = 'exit' then -line.quantity else line.quantity end,
      null, null, line.lot, line."expiresOn", null, null
    )::inventory.movement_line
    from rows from (jsonb_to_recordset(p_lines) as (
      "productId" uuid, "locationId" uuid, quantity numeric, lot text, "expiresOn" date
    )) with ordinality as line
    order by line.ordinality
  );
  if cardinality(lines) not between 1 and 500 or exists (
    select from unnest(lines) as line
    where (line.product_id is not null and line.location_id is not null and line.delta <> 0
      and (p_type = 'adjustment' or (line.delta > 0) = (p_type = 'entry'))) is not true
  ) then
    raise exception 'a movement has 1 to 500 lines with a product, a location and a quantity'
    using errcode = 'invalid_parameter_value';
  end if;
  perform inventory.post_movements(
    row(document, caller, p_reason, p_reference, p_key, null)::inventory.movement_document, lines, 'moved'
  );
  return document;
end
$$;

revoke execute on function inventory.record_movement(text, jsonb, text, text, text) from public;
grant execute on function inventory.record_movement(text, jsonb, text, text, text) to bodega_user;
