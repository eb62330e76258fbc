-- What the preparing job found: the run becomes `running` with the scenes as they are now, the pictures that are there
-- and valid (`p_kept`) are left as they are, and the first ones are given out. `p_needs_character`: the character is not
-- among what was asked for, but there is no picture of it to send along, so it is drawn first. Safe to repeat: false
-- when the run is past it or gone.
create or replace function stories.start_illustrations(
  p_run_id uuid, p_scenes jsonb, p_kept text[], p_needs_character boolean, p_character_cache_hit boolean,
  p_drawn_at_once integer
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  run stories.illustration_runs;
begin
  update stories.illustration_runs
  set
    state = 'running', scenes = p_scenes, drawn_at_once = p_drawn_at_once,
    character_cache_hit = p_character_cache_hit, started_at = clock_timestamp()
  where id = p_run_id and state = 'queued'
  returning * into run;
  if run.id is null then
    return false;
  end if;
  if p_needs_character then
    insert into stories.run_images (run_id, image_type) values (p_run_id, 'character') on conflict do nothing;
  end if;
  update stories.run_images
  set state = 'kept', finished_at = clock_timestamp()
  where run_id = p_run_id and state = 'waiting' and image_type = any (p_kept);
  perform stories.announce(run.story_id, 'run_started', jsonb_build_object(
    'runId', p_run_id, 'kept', to_jsonb(p_kept), 'characterCacheHit', p_character_cache_hit
  ));
  perform stories.advance_illustrations(p_run_id);
  return true;
end
$$;

revoke execute on function stories.start_illustrations(uuid, jsonb, text[], boolean, boolean, integer) from public;
