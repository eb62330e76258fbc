-- Puts a picture in its place, under the story's lock: what was there is kept as replaced, the version raised, and an
-- event told of, in this transaction; a moment later it is compared with the character's. The same bytes again change
-- the facts, not the version. `p_picture`: the columns of `stories.story_images` that say what it is; its object must be
-- in the store already.
-- Raises no_data_found when there is no such story, invalid_parameter_value for an object of somewhere else: whoever may
-- set a picture is given its address.
create or replace function stories.set_story_image(p_picture jsonb, p_phase text) returns stories.story_images
language plpgsql security definer
set search_path = ''
as $$
declare
  actor   text := stories.require_writer();
  given   stories.story_images := jsonb_populate_record(null::stories.story_images, p_picture);
  present stories.story_images;
  result  stories.story_images;
begin
  if not starts_with(given.object_key, 'stories/' || given.story_id || '/') then
    raise exception 'the objects of a story lie under its own folder' using errcode = 'invalid_parameter_value';
  end if;
  perform from stories.stories where id = given.story_id for no key update;
  if not found then
    raise exception 'there is no such story' using errcode = 'no_data_found';
  end if;
  select * into present
  from stories.story_images
  where story_id = given.story_id and chapter_id is not distinct from given.chapter_id
    and image_type = given.image_type;
  given.id := coalesce(present.id, platform.uuid_v7());
  given.version := coalesce(present.version, 0)
    + case when present.object_key is distinct from given.object_key then 1 else 0 end;
  given.fallback_used := coalesce(given.fallback_used, false);
  given.attempts := coalesce(given.attempts, 0);
  given.cost_usd := coalesce(given.cost_usd, 0);
  given.consistency_lost := coalesce(given.consistency_lost, false);
  given.has_c2pa := coalesce(given.has_c2pa, false);
  given.created_by := coalesce(given.created_by, actor);
  given.created_at := coalesce(present.created_at, now());
  given.updated_at := now();
  if present.id is not null then
    if present.object_key <> given.object_key then
      perform stories.keep_replaced_image(present);
    end if;
    delete from stories.story_images where id = present.id;
  end if;
  insert into stories.story_images select given.* returning * into result;
  update stories.stories set pictures_revision = pictures_revision + 1 where id = given.story_id;
  -- Once for all that come within a few seconds, as those of a run do.
  perform platform.enqueue_job(
    'check-story-consistency', jsonb_build_object('storyId', given.story_id), 'consistency:' || given.story_id,
    clock_timestamp() + interval '3 seconds', 10
  );
  perform stories.announce(result.story_id, p_phase, jsonb_build_object(
    'imageType', result.image_type,
    'chapterId', result.chapter_id,
    'runId', result.run_id,
    'imageVersion', result.version,
    'provider', result.provider,
    'fallbackUsed', result.fallback_used,
    'fallbackReason', result.fallback_reason,
    'resizedFrom', result.resized_from,
    'durationMs', result.latency_ms,
    'consistencyLost', result.consistency_lost
  ));
  return result;
end
$$;

revoke execute on function stories.set_story_image(jsonb, text) from public;
grant execute on function stories.set_story_image(jsonb, text) to bodega_user;
