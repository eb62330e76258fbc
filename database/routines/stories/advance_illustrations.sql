-- Gives out the next pictures of a run, or ends it when none is left: the character by itself, then the others in their
-- order, `drawn_at_once` at a time. Called in the transaction of whatever made room; under the run's lock.
create or replace function stories.advance_illustrations(p_run_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  run       stories.illustration_runs;
  under_way integer;
  next_type text;
begin
  select * into run from stories.illustration_runs where id = p_run_id for no key update;
  if run.state is distinct from 'running' then
    return;
  end if;
  select count(*) into under_way
  from stories.run_images
  where run_id = p_run_id and state in ('queued', 'drawing');

  for next_type in
    select image.image_type
    from stories.run_images as image
    where image.run_id = p_run_id and image.state = 'waiting'
      and (
        image.image_type = 'character'
        or not exists (
          select from stories.run_images as character
          where character.run_id = p_run_id and character.image_type = 'character'
            and character.state in ('waiting', 'queued', 'drawing')
        )
      )
    order by array_position(stories.image_types(), image.image_type)
    limit greatest(run.drawn_at_once - under_way, 0)
  loop
    update stories.run_images set state = 'queued' where run_id = p_run_id and image_type = next_type;
    perform platform.enqueue_job(
      'draw-illustration', jsonb_build_object('runId', p_run_id, 'imageType', next_type),
      'illustration:' || p_run_id || ':' || next_type
    );
    under_way := under_way + 1;
  end loop;

  if under_way = 0 then
    perform stories.end_illustrations(p_run_id);
  end if;
end
$$;

revoke execute on function stories.advance_illustrations(uuid) from public;
