-- The setting `images.signatureEnforcement`: on unless it says false, "off" or "observe".
create or replace function catalog.enforces_signatures() returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce(platform.get_app_setting('images.signatureEnforcement') not in ('false', '"off"', '"observe"'), true);
$$;

revoke execute on function catalog.enforces_signatures() from public;
