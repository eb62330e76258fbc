-- Makes way for a new job of `p_key`: a dead one goes, a running one is marked, so that its failure counts for nothing.
create or replace function platform.supersede_job(p_key text) returns void
language plpgsql
set search_path = ''
as $$
declare
  old record;
begin
  select id, locked_at is not null as is_running, attempts >= max_attempts as is_used_up into old
  from graphile_worker._private_jobs
  where key = p_key;
  if not found then
    return;
  end if;
  if old.is_running then
    update graphile_worker._private_jobs
    set flags = coalesce(flags, '{}') || '{"superseded": true}'
    where id = old.id and locked_at is not null;
  elsif old.is_used_up then
    delete from graphile_worker._private_jobs where id = old.id and locked_at is null and attempts >= max_attempts;
  end if;
end
$$;

revoke execute on function platform.supersede_job(text) from public;
