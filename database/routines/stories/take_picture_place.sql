-- The key under which these bytes belong: the plain one for the bytes that came first to their place, one with their
-- hash in it for all others; so the same bytes always get the same key, and no key ever holds other bytes.
-- Raises no_data_found when there is no such story.
create or replace function stories.take_picture_place(
  p_story_id uuid, p_chapter_id text, p_image_type text, p_hash text, p_extension text
) returns text
language plpgsql security definer
set search_path = ''
as $$
declare
  place text := concat_ws('/', 'stories', p_story_id, p_chapter_id, p_image_type);
  first text;
begin
  perform stories.require_writer();
  perform from stories.stories where id = p_story_id for key share;
  if not found then
    raise exception 'there is no such story' using errcode = 'no_data_found';
  end if;
  insert into stories.picture_places (story_id, chapter_id, image_type, first_hash)
  values (p_story_id, p_chapter_id, p_image_type, p_hash)
  on conflict on constraint picture_places_unique do nothing;
  select first_hash into first
  from stories.picture_places
  where story_id = p_story_id and chapter_id is not distinct from p_chapter_id and image_type = p_image_type;
  return place || case when first = p_hash then '' else '-' || left(p_hash, 16) end || '.' || p_extension;
end
$$;

revoke execute on function stories.take_picture_place(uuid, text, text, text, text) from public;
grant execute on function stories.take_picture_place(uuid, text, text, text, text) to bodega_user;
