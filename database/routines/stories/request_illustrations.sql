-- Begins the making of a story's pictures: a run, its pictures still waiting, and the job that prepares it. One run per
-- story at a time: raises object_not_in_prerequisite_state while another is under way, no_data_found without a story.
create or replace function stories.request_illustrations(
  p_story_id uuid, p_chapter_id text, p_image_types text[], p_force boolean, p_size text, p_region text,
  p_provider_override text
) returns stories.illustration_runs
language plpgsql security definer
set search_path = ''
as $$
declare
  actor text := stories.require_writer();
  run   stories.illustration_runs;
begin
  perform from stories.stories where id = p_story_id for no key update;
  if not found then
    raise exception 'there is no such story' using errcode = 'no_data_found';
  end if;
  perform from stories.illustration_runs where story_id = p_story_id and state in ('queued', 'running');
  if found then
    raise exception 'pictures of this story are being made already'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  insert into stories.illustration_runs
    (story_id, chapter_id, image_types, force, size, region, provider_override, requested_by, trace_id)
  values (
    p_story_id, p_chapter_id, p_image_types, coalesce(p_force, false), p_size, p_region, p_provider_override, actor,
    platform.trace_id()
  )
  returning * into run;
  insert into stories.run_images (run_id, image_type)
  select run.id, image_type
  from unnest(stories.image_types()) as image_type
  where image_type = any (p_image_types);
  perform platform.enqueue_job(
    'prepare-illustrations', jsonb_build_object('runId', run.id), 'illustrations:' || run.id
  );
  perform stories.announce(p_story_id, 'run_queued', jsonb_build_object(
    'runId', run.id, 'imageTypes', p_image_types, 'chapterId', p_chapter_id
  ));
  return run;
end
$$;

revoke execute on function stories.request_illustrations(uuid, text, text[], boolean, text, text, text) from public;
grant execute on function stories.request_illustrations(uuid, text, text[], boolean, text, text, text) to bodega_user;
