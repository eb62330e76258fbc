-- Notes that the policy kept a photo out. Raises no_data_found when there is no such story.
create or replace function stories.refuse_upload(
  p_story_id uuid, p_image_type text, p_policy_context text, p_region text
) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  actor text := stories.require_writer();
begin
  perform from stories.stories where id = p_story_id for key share;
  if not found then
    raise exception 'there is no such story' using errcode = 'no_data_found';
  end if;
  insert into stories.refused_uploads (story_id, image_type, policy_context, story_region, refused_by)
  values (p_story_id, p_image_type, p_policy_context, p_region, actor);
end
$$;

revoke execute on function stories.refuse_upload(uuid, text, text, text) from public;
grant execute on function stories.refuse_upload(uuid, text, text, text) to bodega_user;
