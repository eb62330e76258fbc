-- Which of these objects nothing of a story refers to: no picture, no replaced one, no book. A key that ends in "/" is
-- for whoever lists what lies under it, not for here.
create or replace function stories.find_unreferenced_keys(p_keys text[]) returns setof text
language sql stable
set search_path = ''
as $$
  select given.key
  from unnest(p_keys) as given (key)
  where not exists (select from stories.story_images where object_key = given.key)
    and not exists (select from stories.story_images where original_key = given.key)
    and not exists (select from stories.replaced_images where object_key = given.key)
    and not exists (select from stories.replaced_images where original_key = given.key)
    and not exists (select from stories.books where object_key = given.key);
$$;

revoke execute on function stories.find_unreferenced_keys(text[]) from public;
