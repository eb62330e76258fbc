-- What tells one reservation request from another; `p_lines` are `<product> <location> <quantity>`, summed, in key order.
create or replace function inventory.reservation_fingerprint(
  p_lines text, p_reference text, p_expires_in_seconds integer
) returns bytea
language sql immutable parallel safe
return sha256(convert_to(
  coalesce(p_expires_in_seconds::text, '') || E'\n' || p_lines || E'\n' || coalesce(p_reference, ''), 'UTF8'
));

revoke execute on function inventory.reservation_fingerprint(text, text, integer) from public;
