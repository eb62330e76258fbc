-- Deletes up to `p_limit` of the first events that are kept, as long as they are older than `p_before`, moves the mark
-- behind which readers cannot resume, and answers how many went. Events go in the order of their positions, so what is
-- kept never has a hole.
create or replace function platform.expire_events(p_before timestamptz, p_limit integer) returns integer
language plpgsql
set search_path = ''
as $$
declare
  kept_from bigint;
  expired   integer;
begin
  select coalesce(min(position) filter (where created_at >= p_before), max(position) + 1)
  into kept_from
  from (
    select position, created_at from platform.events where position is not null order by position limit p_limit
  ) as oldest;

  delete from platform.events where position < kept_from;
  get diagnostics expired = row_count;
  update platform.event_stream set first_kept = kept_from where first_kept < kept_from;
  return expired;
end
$$;

revoke execute on function platform.expire_events(timestamptz, integer) from public;
