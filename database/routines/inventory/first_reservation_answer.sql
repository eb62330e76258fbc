-- The answer that the first request with this key got, whatever has become of the reservation; IV003 when it asked for
-- something else.
create or replace function inventory.first_reservation_answer(p_by text, p_key text, p_fingerprint bytea)
returns inventory.reservation_outcome
language plpgsql stable
set search_path = ''
as $$
declare
  reservation inventory.reservations;
begin
  select * into strict reservation from inventory.reservations where created_by = p_by and key = p_key;
  if reservation.fingerprint <> p_fingerprint then
    perform inventory.refuse('IV003', 'this key was used for another reservation');
  end if;
  return row(
    'replayed', reservation.id, reservation.created_at, reservation.first_expires_at, reservation.supersedes, null
  )::inventory.reservation_outcome;
end
$$;

revoke execute on function inventory.first_reservation_answer(text, text, bytea) from public;
