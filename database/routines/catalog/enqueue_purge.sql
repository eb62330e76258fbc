-- Enqueues the removal of objects in the writer's transaction. A key that ends in "/" stands for all that lies under
-- it. Whoever removes them asks `catalog.is_object_key_referenced` first, at that time. At most 100 keys a job.
create or replace function catalog.enqueue_purge(p_keys text[], p_delay interval default '0') returns integer
language plpgsql
set search_path = ''
as $$
declare
  part text[];
  jobs integer := 0;
begin
  for part in
    select array_agg(key)
    from (
      select key, (row_number() over (order by key) - 1) / 100 as chunk from unnest(p_keys) as key where key is not null
    ) as numbered
    group by chunk
  loop
    perform platform.enqueue_job(
      'purge-objects',
      jsonb_build_object('keys', part),
      case when cardinality(part) = 1 and length(part[1]) <= 400 then 'purge:' || part[1] end,
      clock_timestamp() + p_delay
    );
    jobs := jobs + 1;
  end loop;
  return jobs;
end
$$;

revoke execute on function catalog.enqueue_purge(text[], interval) from public;
