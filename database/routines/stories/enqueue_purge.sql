-- Enqueues the removal of objects in the writer's transaction; a key that ends in "/" stands for all that lies under it.
-- Whoever removes them asks `stories.find_unreferenced_keys` first, at that time.
create or replace function stories.enqueue_purge(p_keys text[], p_delay interval default '0') returns void
language plpgsql
set search_path = ''
as $$
declare
  part text[];
begin
  for part in
    select array_agg(key)
    from (
      select key, (row_number() over (order by key) - 1) / 100 as chunk
      from unnest(p_keys) as key
      where key is not null
    ) as numbered
    group by chunk
  loop
    perform platform.enqueue_job(
      'purge-story-objects',
      jsonb_build_object('keys', part),
      case when cardinality(part) = 1 and length(part[1]) <= 400 then 'purge-story:' || part[1] end,
      clock_timestamp() + p_delay
    );
  end loop;
end
$$;

revoke execute on function stories.enqueue_purge(text[], interval) from public;
