-- Finds workers that are no more and gives their work back (`platform.bury_worker`). Every worker process calls it about
-- twice a second; one at a time does it. Answers who was buried, why, and with which jobs.
--
-- `died`: its session lock has been free for `p_missing_grace` (a worker that lost its connection has so long to come
-- back). `frozen`: it holds the lock but was not seen for `p_frozen_after`; its session is ended, so that it notices when
-- it thaws. In the first `p_restart_grace` after the server's start nobody is judged: all locks are free then.
create or replace function platform.sweep_workers(
  p_missing_grace interval, p_frozen_after interval, p_restart_grace interval, p_kills_max int
) returns table (worker_id uuid, reason text, job_ids bigint[])
language plpgsql
set search_path = ''
as $$
declare
  worker record;
begin
  if pg_postmaster_start_time() > clock_timestamp() - p_restart_grace
    or not pg_try_advisory_xact_lock(7420005) then
    return;
  end if;
  for worker in select * from platform.workers order by id loop
    if pg_try_advisory_xact_lock(worker.lock_key) then
      if worker.lock_missing_since is null then
        update platform.workers set lock_missing_since = clock_timestamp() where id = worker.id;
        continue;
      end if;
      continue when worker.lock_missing_since > clock_timestamp() - p_missing_grace;
      reason := 'died';
    else
      continue when worker.seen_at > clock_timestamp() - p_frozen_after;
      perform pg_terminate_backend(held.pid)
      from pg_locks as held
      where held.locktype = 'advisory' and held.granted and held.objsubid = 1
        and held.database = (select oid from pg_database where datname = current_database())
        and ((held.classid::bigint << 32) | held.objid::bigint) = worker.lock_key;
      reason := 'frozen';
    end if;
    worker_id := worker.id;
    job_ids := platform.bury_worker(worker.id, p_kills_max);
    return next;
  end loop;
end
$$;

revoke execute on function platform.sweep_workers(interval, interval, interval, int) from public;
