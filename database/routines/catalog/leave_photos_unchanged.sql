-- Ends what `begin_photo_change` began when nothing came of it: no revision, no event.
create or replace function catalog.leave_photos_unchanged() returns void
language sql
set search_path = ''
as $$
  select set_config('catalog.changing_photos_of', '', true);
$$;

revoke execute on function catalog.leave_photos_unchanged() from public;
