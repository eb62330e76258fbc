-- Puts a replaced picture back in its place; the one that was there becomes a replaced one. The version goes up.
-- Raises no_data_found when there is no such story or no such version of the picture.
create or replace function stories.take_back_image(
  p_story_id uuid, p_chapter_id text, p_image_type text, p_version integer
) returns stories.story_images
language plpgsql security definer
set search_path = ''
as $$
declare
  wanted stories.replaced_images;
  result stories.story_images;
begin
  perform stories.require_writer();
  perform from stories.stories where id = p_story_id for no key update;
  delete from stories.replaced_images
  where story_id = p_story_id and chapter_id is not distinct from p_chapter_id and image_type = p_image_type
    and version = p_version
  returning * into wanted;
  if wanted.id is null then
    raise exception 'there is no such version of this picture' using errcode = 'no_data_found';
  end if;
  result := stories.set_story_image(wanted.picture, 'image_taken_back');
  return result;
end
$$;

revoke execute on function stories.take_back_image(uuid, text, text, integer) from public;
grant execute on function stories.take_back_image(uuid, text, text, integer) to bodega_user;
