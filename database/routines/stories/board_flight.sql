-- Decides who fulfils the wish of `p_key`: `fly` (the caller does; it holds the lease), `wait` (another does), `landed`
-- (it was made by `attempt_id`; one whose attempt is forgotten by now is made anew), `failed` (the flight that the caller waited for, number `p_waited_for`, failed),
-- `reused` (the key stands for another wish).
create or replace function stories.board_flight(
  p_key text, p_fingerprint text, p_holder uuid, p_lease interval, p_waited_for integer
) returns table (ticket text, number integer, attempt_id uuid, failure jsonb)
language plpgsql
set search_path = ''
as $$
declare
  flight stories.image_flights;
  made uuid;
begin
  insert into stories.image_flights (key, fingerprint, holder, lease_until)
  values (p_key, p_fingerprint, p_holder, clock_timestamp() + p_lease)
  on conflict (key) do nothing
  returning * into flight;
  if flight.key is not null then
    return query select 'fly', flight.number, null::uuid, null::jsonb;
    return;
  end if;
  select * into flight from stories.image_flights where key = p_key for update;
  if flight.fingerprint <> p_fingerprint then
    return query select 'reused', flight.number, null::uuid, null::jsonb;
  elsif flight.state = 'landed' and exists (
    select from stories.generation_attempts as attempt where attempt.id = flight.attempt_id
  ) then
    return query select 'landed', flight.number, flight.attempt_id, null::jsonb;
  elsif flight.state = 'flying' and flight.lease_until > clock_timestamp() then
    return query select 'wait', flight.number, null::uuid, null::jsonb;
  elsif flight.state = 'failed' and flight.number = p_waited_for then
    return query select 'failed', flight.number, null::uuid, flight.failure;
  else
    perform stories.close_lost_attempts(p_key);
    -- The process may have died after it had the picture and before it said so.
    select attempt.id into made
    from stories.generation_attempts as attempt
    where attempt.flight_key = p_key and attempt.state = 'succeeded'
    order by attempt.ordinal desc
    limit 1;
    if made is not null then
      update stories.image_flights as landing
      set state = 'landed', holder = null, lease_until = null, attempt_id = made, failure = null,
          ended_at = clock_timestamp()
      where landing.key = p_key;
      return query select 'landed', flight.number, made, null::jsonb;
      return;
    end if;
    update stories.image_flights as departing
    set state = 'flying', number = departing.number + 1, holder = p_holder,
        lease_until = clock_timestamp() + p_lease, attempt_id = null, failure = null, ended_at = null
    where departing.key = p_key
    returning departing.number into flight.number;
    return query select 'fly', flight.number, null::uuid, null::jsonb;
  end if;
end
$$;

revoke execute on function stories.board_flight(text, text, uuid, interval, integer) from public;
