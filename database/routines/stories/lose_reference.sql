-- The character's picture could not be read back for `p_image_type`. The first time, that picture goes back to waiting and
-- the character is drawn again before it (`redraw`); the second time, the run goes on without (`go_on`), and says so.
-- `settled` when the run is over.
create or replace function stories.lose_reference(p_run_id uuid, p_image_type text) returns text
language plpgsql
set search_path = ''
as $$
declare
  run stories.illustration_runs;
begin
  select * into run from stories.illustration_runs where id = p_run_id for no key update;
  if run.state is distinct from 'running' then
    return 'settled';
  end if;
  update stories.illustration_runs set reference_losses = reference_losses + 1 where id = p_run_id;
  if exists (
    select from stories.run_images
    where run_id = p_run_id and image_type = 'character' and state in ('waiting', 'queued', 'drawing')
  ) then
    -- A neighbour noticed it first; the character is under way.
    update stories.illustration_runs set reference_losses = run.reference_losses where id = p_run_id;
  elsif run.reference_losses >= 1 then
    perform stories.lose_consistency(run);
    return 'go_on';
  else
    insert into stories.run_images (run_id, image_type) values (p_run_id, 'character')
    on conflict (run_id, image_type) do update
    set state = 'waiting', tries = 0, code = null, message = null, finished_at = null;
    update stories.illustration_runs set character_cache_hit = false where id = p_run_id;
  end if;
  update stories.run_images
  set state = 'waiting', started_at = null
  where run_id = p_run_id and image_type = p_image_type and state in ('queued', 'drawing');
  perform stories.advance_illustrations(p_run_id);
  return 'redraw';
end
$$;

revoke execute on function stories.lose_reference(uuid, text) from public;
