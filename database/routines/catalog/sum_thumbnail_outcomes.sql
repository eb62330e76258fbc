-- The outcomes of the last `p_days` days that are still kept one by one, summed up per day.
create or replace function catalog.sum_thumbnail_outcomes(p_days integer, p_timezone text)
returns setof catalog.thumbnail_metrics_daily
language sql stable
set search_path = ''
as $$
  select
    (at at time zone p_timezone)::date as day,
    count(*) filter (where outcome = 'attempt')::integer,
    count(*) filter (where outcome = 'success')::integer,
    count(*) filter (where outcome = 'partial')::integer,
    count(*) filter (where outcome = 'failed')::integer,
    count(*) filter (where outcome = 'skipped')::integer,
    count(*) filter (where outcome = 'missed')::integer,
    (percentile_cont(0.5) within group (order by time_to_desktop_ms))::integer,
    (percentile_cont(0.95) within group (order by time_to_desktop_ms))::integer
  from catalog.thumbnail_outcomes
  where at >= ((now() at time zone p_timezone)::date - p_days + 1)::timestamp at time zone p_timezone
  group by day;
$$;

revoke execute on function catalog.sum_thumbnail_outcomes(integer, text) from public;
