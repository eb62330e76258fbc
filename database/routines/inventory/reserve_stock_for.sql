-- `reserve_stock` as the server calls it: with the caller in the arguments, so that it takes one round trip without a
-- transaction around it. Its lines were checked at the edge. For the service role alone.
--
-- It gives up on a lock soon (lock_not_available): the server has others waiting behind this call, and asks again itself.
create or replace function inventory.reserve_stock_for(
  p_by text, p_role text, p_key text, p_lines jsonb, p_reference text, p_expires_in_seconds integer, p_traceparent text
) returns inventory.reservation_outcome
language plpgsql
set search_path = ''
set lock_timeout = '500ms'
as $$
begin
  perform inventory.require_role(p_role, array['admin', 'warehouse', 'sales']);
  if p_traceparent is not null then
    perform set_config('bodega.traceparent', p_traceparent, true);
  end if;
  return inventory.hold_stock(p_by, p_key, p_lines, p_reference, p_expires_in_seconds);
end
$$;

revoke execute on function inventory.reserve_stock_for(text, text, text, jsonb, text, integer, text) from public;
