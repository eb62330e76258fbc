-- Locks a reservation that is to be confirmed, cancelled or extended; raises no_data_found, or IV002 when it is not
-- active any more. One that is overdue is not, whether or not it has been marked yet: so confirming and expiring cannot
-- both win.
create or replace function inventory.lock_reservation(p_id uuid, p_even_overdue boolean default false)
returns inventory.reservations
language plpgsql
set search_path = ''
as $$
declare
  reservation inventory.reservations;
begin
  select * into reservation from inventory.reservations where id = p_id for no key update;
  if not found then
    raise exception 'there is no such reservation' using errcode = 'no_data_found';
  end if;
  if reservation.state <> 'active' then
    perform inventory.refuse('IV002', 'the reservation is ' || reservation.state,
      jsonb_build_array(jsonb_build_object('state', reservation.state, 'since', reservation.closed_at)));
  end if;
  if reservation.expires_at <= clock_timestamp() and not p_even_overdue then
    perform inventory.refuse('IV002', 'the reservation is expired',
      jsonb_build_array(jsonb_build_object('state', 'expired', 'since', reservation.expires_at)));
  end if;
  return reservation;
end
$$;

revoke execute on function inventory.lock_reservation(uuid, boolean) from public;
