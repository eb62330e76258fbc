-- Flights whose lease ran out and which nobody took over: their process died, and nobody asked again.
create or replace function stories.find_stranded_flights(p_limit integer) returns setof text
language sql stable
set search_path = ''
as $$
  select flight.key
  from stories.image_flights as flight
  where flight.state = 'flying' and flight.lease_until < clock_timestamp() - interval '1 minute'
  order by flight.key
  limit p_limit;
$$;

revoke execute on function stories.find_stranded_flights(integer) from public;
