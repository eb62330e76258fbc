-- How well thumbnails came on each of the last `p_days` days (of `p_timezone`; days without any are left out), newest
-- first: from the sums of days that are over, and today's outcomes. Times in milliseconds.
create or replace function catalog.thumbnail_metrics(p_days integer default 30, p_timezone text default 'UTC')
returns setof catalog.thumbnail_metrics_daily
language sql stable
set search_path = ''
as $$
  select * from (
    select * from catalog.thumbnail_metrics_daily
    union all
    select * from catalog.sum_thumbnail_outcomes(p_days, p_timezone) as fresh
    where not exists (select from catalog.thumbnail_metrics_daily as summed where summed.day = fresh.day)
  ) as days
  where day > (now() at time zone p_timezone)::date - least(p_days, 3660)
  order by day desc;
$$;

revoke execute on function catalog.thumbnail_metrics(integer, text) from public;
