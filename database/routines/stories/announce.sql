-- Tells the topic `stories` what happened to a story, in the writer's transaction.
create or replace function stories.announce(p_story_id uuid, p_phase text, p_more jsonb default '{}') returns void
language plpgsql
set search_path = ''
as $$
begin
  perform platform.publish_event('stories', null, p_more || jsonb_build_object(
    'phase', p_phase,
    'storyId', p_story_id,
    'at', clock_timestamp(),
    'traceId', platform.trace_id()
  ));
end
$$;

revoke execute on function stories.announce(uuid, text, jsonb) from public;
