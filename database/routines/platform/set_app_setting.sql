-- Sets a value in the name of `p_actor`. Only the service role may; the value was checked against its definition.
create or replace function platform.set_app_setting(p_key text, p_value jsonb, p_actor text) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('bodega.actor', p_actor, true);
  insert into platform.app_settings as setting (key, value, updated_by)
  values (p_key, p_value, p_actor)
  on conflict (key) do update set value = excluded.value
  where setting.value is distinct from excluded.value;
  perform set_config('bodega.actor', '', true);
end
$$;

revoke execute on function platform.set_app_setting(text, jsonb, text) from public;
