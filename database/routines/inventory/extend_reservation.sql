-- Lets a reservation last `p_seconds` from now; never shortens it. Answers until when. Raises no_data_found, IV002,
-- invalid_parameter_value, insufficient_privilege.
create or replace function inventory.extend_reservation(p_id uuid, p_seconds integer) returns timestamptz
language plpgsql security definer
set search_path = ''
as $$
declare
  lasts_until timestamptz;
begin
  perform inventory.require_caller(array['admin', 'warehouse', 'sales']);
  if (p_seconds between 1 and 604800) is not true then
    raise exception 'a reservation lasts 1 second to 7 days' using errcode = 'invalid_parameter_value';
  end if;
  perform inventory.lock_reservation(p_id);
  update inventory.reservations
  set expires_at = greatest(expires_at, date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => p_seconds))
  where id = p_id
  returning expires_at into lasts_until;
  perform inventory.announce('extended', array_agg(product_id), array_agg(location_id),
    jsonb_build_object('reservationIds', jsonb_build_array(p_id)))
  from inventory.reservation_lines where reservation_id = p_id;
  return lasts_until;
end
$$;

revoke execute on function inventory.extend_reservation(uuid, integer) from public;
grant execute on function inventory.extend_reservation(uuid, integer) to bodega_user;
