-- Sums up the days that are over and forgets their outcomes after `p_keep`. Answers how many days were summed up.
-- Safe to repeat; a day's sum is made once.
create or replace function catalog.roll_up_thumbnail_metrics(
  p_timezone text default 'UTC', p_keep interval default '7 days'
) returns integer
language plpgsql
set search_path = ''
as $$
declare
  days integer;
begin
  insert into catalog.thumbnail_metrics_daily
  select * from catalog.sum_thumbnail_outcomes(3660, p_timezone) as summed
  where summed.day < (now() at time zone p_timezone)::date
  on conflict (day) do nothing;
  get diagnostics days = row_count;
  delete from catalog.thumbnail_outcomes
  where at < least(now() - p_keep, (now() at time zone p_timezone)::date::timestamp at time zone p_timezone);
  return days;
end
$$;

revoke execute on function catalog.roll_up_thumbnail_metrics(text, interval) from public;
