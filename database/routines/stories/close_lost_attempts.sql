-- Closes the attempts of a flight that nobody flies any more. Whether they were paid is not known, so they count as if.
create or replace function stories.close_lost_attempts(p_key text) returns integer
language plpgsql
set search_path = ''
as $$
declare
  closed integer;
begin
  update stories.generation_attempts
  set state = 'lost', reason = 'PROCESS_DIED', ended_at = clock_timestamp(), cost_usd = estimated_cost_usd,
      is_cost_estimated = true,
      latency_ms = least(2147483647, extract(epoch from clock_timestamp() - started_at) * 1000)::integer
  where flight_key = p_key and state = 'started';
  get diagnostics closed = row_count;
  return closed;
end
$$;

revoke execute on function stories.close_lost_attempts(text) from public;
