-- A story's version (its ETag) and time change with its own fields, not with its pictures.
create or replace function stories.touch_story() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

revoke execute on function stories.touch_story() from public;

create or replace trigger touch_story
before update on stories.stories
for each row
when (
  (old.title, old.content, old.language, old.region, old.author, old.scenes)
  is distinct from (new.title, new.content, new.language, new.region, new.author, new.scenes)
)
execute function stories.touch_story();
