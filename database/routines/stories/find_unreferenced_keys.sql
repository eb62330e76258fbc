-- Which of these objects nothing of a story refers to: no picture, no replaced one, no book, and no attempt of a story
-- that there still is (a repeat of the same wish is answered with its original). Keys that end in "/" are for whoever
-- lists what lies under them, not for here.
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
    and not exists (select from stories.books where object_key = given.key)
    and not exists (
      select from stories.generation_attempts as attempt
      join stories.stories as story on story.id = attempt.story_id
      -- The name of an original is the id of its attempt.
      where attempt.id = substring(given.key from '/originals/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.')::uuid
        and attempt.original_key = given.key
    );
$$;

revoke execute on function stories.find_unreferenced_keys(text[]) from public;
