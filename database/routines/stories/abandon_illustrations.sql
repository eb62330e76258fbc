-- Ends a run that cannot go on (its preparing failed for good), with the reason. Safe to repeat.
create or replace function stories.abandon_illustrations(p_run_id uuid, p_code text, p_message text) returns void
language plpgsql
set search_path = ''
as $$
declare
  run stories.illustration_runs;
begin
  update stories.illustration_runs
  set state = 'failed', code = p_code, message = left(p_message, 500), finished_at = clock_timestamp()
  where id = p_run_id and state in ('queued', 'running')
  returning * into run;
  if run.id is null then
    return;
  end if;
  update stories.run_images
  set state = 'cancelled', finished_at = clock_timestamp()
  where run_id = p_run_id and state in ('waiting', 'queued', 'drawing');
  perform stories.announce_run_end(run);
end
$$;

revoke execute on function stories.abandon_illustrations(uuid, text, text) from public;
