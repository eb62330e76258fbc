-- Every write of a setting carries who made it and when, whatever the statement says.
create or replace function platform.stamp_setting() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.key is distinct from old.key then
    raise exception 'a setting keeps its key' using errcode = 'check_violation';
  end if;
  new.updated_by := platform.actor();
  new.updated_at := now();
  return new;
end
$$;

revoke execute on function platform.stamp_setting() from public;

create or replace trigger stamp_setting
before insert or update on platform.app_settings
for each row execute function platform.stamp_setting();
