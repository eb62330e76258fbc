-- Ends a run because a person wants it; pictures that are made stay, the one in hand is broken off by its worker (and
-- kept, should it come all the same). Answers the run; one that is over stays as it is. Raises no_data_found.
create or replace function stories.cancel_illustrations(p_story_id uuid, p_run_id uuid) returns stories.illustration_runs
language plpgsql security definer
set search_path = ''
as $$
declare
  run stories.illustration_runs;
begin
  perform stories.require_writer();
  select * into run
  from stories.illustration_runs
  where id = p_run_id and story_id = p_story_id
  for no key update;
  if run.id is null then
    raise exception 'this story has no such run' using errcode = 'no_data_found';
  end if;
  if run.state not in ('queued', 'running') then
    return run;
  end if;
  update stories.run_images
  set state = 'cancelled', finished_at = clock_timestamp()
  where run_id = p_run_id and state in ('waiting', 'queued', 'drawing');
  update stories.illustration_runs
  set state = 'cancelled', finished_at = clock_timestamp()
  where id = p_run_id
  returning * into run;
  perform stories.announce_run_end(run);
  return run;
end
$$;

revoke execute on function stories.cancel_illustrations(uuid, uuid) from public;
grant execute on function stories.cancel_illustrations(uuid, uuid) to bodega_user;
