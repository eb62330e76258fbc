-- Whether a photo at this position is to have thumbnails: the main one, or all by the setting `images.thumbnailsFor`.
create or replace function catalog.wants_thumbnails(p_position integer) returns boolean
language sql stable
set search_path = ''
as $$
  select p_position = 0 or coalesce(platform.get_app_setting('images.thumbnailsFor') = '"all"', false);
$$;

revoke execute on function catalog.wants_thumbnails(integer) from public;
