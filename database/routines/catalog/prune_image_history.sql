-- Forgets what happened to photos longer ago than `p_older_than`, at most `p_limit` lines a call. Answers how many.
create or replace function catalog.prune_image_history(
  p_older_than interval default '90 days', p_limit integer default 10000
) returns integer
language plpgsql
set search_path = ''
as $$
declare
  pruned integer;
begin
  delete from catalog.image_history
  where id in (select id from catalog.image_history where at < now() - p_older_than order by id limit p_limit);
  get diagnostics pruned = row_count;
  return pruned;
end
$$;

revoke execute on function catalog.prune_image_history(interval, integer) from public;
