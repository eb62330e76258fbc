-- The stored value, or null when nobody has set it (the fallback lives in code). Definer: user requests may not read
-- the table itself.
create or replace function platform.get_app_setting(p_key text) returns jsonb
language sql stable security definer parallel safe
set search_path = ''
as $$
  select value from platform.app_settings where key = p_key;
$$;

revoke execute on function platform.get_app_setting(text) from public;
grant execute on function platform.get_app_setting(text) to bodega_user;
