-- Ends a flight that nobody flies any more: landed when its picture had been made, else failed; its open attempts are
-- closed. False when somebody took it over meanwhile.
create or replace function stories.ground_flight(p_key text) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  made uuid;
begin
  perform from stories.image_flights
  where key = p_key and state = 'flying' and lease_until < clock_timestamp()
  for update;
  if not found then
    return false;
  end if;
  perform stories.close_lost_attempts(p_key);
  select attempt.id into made
  from stories.generation_attempts as attempt
  where attempt.flight_key = p_key and attempt.state = 'succeeded'
  order by attempt.ordinal desc
  limit 1;
  update stories.image_flights
  set state = case when made is null then 'failed' else 'landed' end,
      attempt_id = made, holder = null, lease_until = null, ended_at = clock_timestamp(),
      failure = case when made is null then jsonb_build_object(
        'code', 'INTERNAL', 'detail', 'The process that made it went away.', 'errors', '[]'::jsonb
      ) end
  where key = p_key;
  return true;
end
$$;

revoke execute on function stories.ground_flight(text) from public;
