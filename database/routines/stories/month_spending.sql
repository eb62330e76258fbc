-- What pictures cost since the month began in the shop's time zone, in US dollars; calls under way as estimated.
create or replace function stories.month_spending(p_time_zone text) returns numeric
language sql stable
set search_path = ''
as $$
  select coalesce(sum(coalesce(cost_usd, estimated_cost_usd)), 0)
  from stories.generation_attempts
  where started_at >= date_trunc('month', now() at time zone p_time_zone) at time zone p_time_zone;
$$;

revoke execute on function stories.month_spending(text) from public;
