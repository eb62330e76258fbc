-- Keeps a picture that gives way, so that a person may take it back; of a place the latest five.
create or replace function stories.keep_replaced_image(p_image stories.story_images) returns void
language plpgsql
set search_path = ''
as $$
declare
  surplus text[];
begin
  insert into stories.replaced_images
    (story_id, chapter_id, image_type, version, object_key, original_key, picture)
  values (
    p_image.story_id, p_image.chapter_id, p_image.image_type, p_image.version, p_image.object_key,
    p_image.original_key, to_jsonb(p_image)
  )
  on conflict on constraint replaced_images_version_unique do nothing;
  with older as (
    delete from stories.replaced_images as kept
    where kept.id in (
      select id
      from stories.replaced_images
      where story_id = p_image.story_id and chapter_id is not distinct from p_image.chapter_id
        and image_type = p_image.image_type
      order by version desc
      offset 5
    )
    returning object_key, original_key
  )
  select array_agg(key) into surplus
  from older cross join lateral unnest(array[older.object_key, older.original_key]) as key;
  -- Addresses given out a moment ago go on working for their hour.
  perform stories.enqueue_purge(surplus, interval '2 hours');
end
$$;

revoke execute on function stories.keep_replaced_image(stories.story_images) from public;
