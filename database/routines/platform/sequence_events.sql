-- Gives up to `p_limit` committed events their positions, in the order in which they were published, and answers how
-- many. Any process may call it at any time; callers take turns by the row of `event_stream`, and each sees all that
-- the one before it did: the next batch is numbered only after the last one is visible. Events of transactions that are
-- still open are not seen, so they wait alone.
--
-- The row's lock, not an advisory one: under `repeatable read` a stale caller fails instead of numbering twice. The
-- counter, not a sequence: a position that was rolled back would leave a gap that looks like a missing event.
create or replace function platform.sequence_events(p_limit integer) returns integer
language plpgsql
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  base      bigint;
  sequenced integer;
begin
  -- What another caller is numbering now still looks unnumbered, so nothing is missed by leaving without the lock.
  if not exists (select from platform.events where position is null) then
    return 0;
  end if;

  select last_position into strict base from platform.event_stream for update;

  with waiting as (
    select id, row_number() over (order by ordinal) as number
    from (
      select id, ordinal from platform.events where position is null order by ordinal limit p_limit
    ) as oldest
  )
  update platform.events as event
  set position = base + waiting.number
  from waiting
  where event.id = waiting.id;

  get diagnostics sequenced = row_count;
  update platform.event_stream set last_position = base + sequenced;
  return sequenced;
end
$$;

revoke execute on function platform.sequence_events(integer) from public;
