-- Reserves stock for the caller, once per key (requirement 04, R-001): `p_lines` is
-- `[{"productId": …, "locationId": …, "quantity": …}]`. See `hold_stock` for what it promises and raises.
-- Also insufficient_privilege and invalid_parameter_value.
create or replace function inventory.reserve_stock(
  p_key text, p_lines jsonb, p_reference text default null, p_expires_in_seconds integer default null
) returns inventory.reservation_outcome
language plpgsql security definer
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
begin
  if p_key is null or p_key = '' then
    raise exception 'an idempotency key is needed' using errcode = 'invalid_parameter_value';
  end if;
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 200 then
    raise exception 'a reservation has 1 to 200 lines' using errcode = 'invalid_parameter_value';
  end if;
  if p_expires_in_seconds not between 1 and 604800 then
    raise exception 'a reservation lasts 1 second to 7 days' using errcode = 'invalid_parameter_value';
  end if;
  if exists (
    select from jsonb_to_recordset(p_lines) as line ("productId" uuid, "locationId" uuid, quantity numeric)
    where (line."productId" is not null and line."locationId" is not null
      and line.quantity > 0 and line.quantity = round(line.quantity, 3)) is not true
  ) then
    raise exception 'a line has a product, a location and a quantity above 0 with at most 3 decimals'
    using errcode = 'invalid_parameter_value';
  end if;
  return inventory.hold_stock(caller, p_key, p_lines, p_reference, p_expires_in_seconds);
end
$$;

revoke execute on function inventory.reserve_stock(text, jsonb, text, integer) from public;
grant execute on function inventory.reserve_stock(text, jsonb, text, integer) to bodega_user;
