-- Tells of every story that is made, changed or deleted, whoever does it; and has the objects of a deleted one removed.
create or replace function stories.announce_story() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  case tg_op
    when 'INSERT' then
      perform stories.announce(new.id, 'story_created', jsonb_build_object('version', new.version));
    when 'UPDATE' then
      perform stories.announce(new.id, 'story_changed', jsonb_build_object('version', new.version));
    when 'DELETE' then
      perform stories.announce(old.id, 'story_deleted');
      perform stories.enqueue_purge(array['stories/' || old.id || '/']);
  end case;
  return null;
end
$$;

revoke execute on function stories.announce_story() from public;

create or replace trigger announce_story
after insert or delete on stories.stories
for each row execute function stories.announce_story();

create or replace trigger announce_story_change
after update on stories.stories
for each row
when (old.version <> new.version)
execute function stories.announce_story();
