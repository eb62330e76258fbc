-- Keeps every change of a setting in the history and tells all processes; by trigger, so that a change made in plain
-- SQL is told as well. After the write: an upsert that updates would fire an insert's `before` trigger too.
create or replace function platform.record_setting_change() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.value is not distinct from old.value then
    return null;
  end if;
  insert into platform.app_setting_history (key, old_value, new_value, changed_by)
  values (
    case when tg_op = 'DELETE' then old.key else new.key end,
    case when tg_op <> 'INSERT' then old.value end,
    case when tg_op <> 'DELETE' then new.value end,
    platform.actor()
  );
  perform pg_notify('bodega_settings', '');
  return null;
end
$$;

revoke execute on function platform.record_setting_change() from public;

create or replace trigger record_setting_change
after insert or update or delete on platform.app_settings
for each row execute function platform.record_setting_change();
