-- Runs that are under way with no job that would take them on: their work is given out again. Answers their ids. Nothing
-- of a sound queue needs it; it stands behind a queue that was emptied by hand.
create or replace function stories.resume_illustrations(p_limit integer) returns setof uuid
language plpgsql
set search_path = ''
as $$
declare
  run stories.illustration_runs;
begin
  for run in
    select *
    from stories.illustration_runs as stalled
    where stalled.state in ('queued', 'running') and stalled.created_at < now() - interval '2 minutes'
      and not exists (
        select from graphile_worker.jobs
        where jobs.attempts < jobs.max_attempts and (
          jobs.key = 'illustrations:' || stalled.id or starts_with(jobs.key, 'illustration:' || stalled.id || ':')
        )
      )
      -- A job that runs has given its key away when another of that key was asked for.
      and not exists (
        select from stories.run_images as image
        join graphile_worker.jobs on jobs.id = image.job_id and jobs.locked_at is not null
        where image.run_id = stalled.id and image.state = 'drawing'
      )
    limit p_limit
    for no key update skip locked
  loop
    if run.state = 'queued' then
      perform platform.enqueue_job(
        'prepare-illustrations', jsonb_build_object('runId', run.id), 'illustrations:' || run.id
      );
    else
      update stories.run_images set state = 'waiting' where run_id = run.id and state in ('queued', 'drawing');
      perform stories.advance_illustrations(run.id);
    end if;
    return next run.id;
  end loop;
end
$$;

revoke execute on function stories.resume_illustrations(integer) from public;
