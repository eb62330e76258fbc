-- Tells which recipe draws today's thumbnails; workers call it when they start. True when it is another than before:
-- every photo is stale then, and is renewed by the sweeps at their own rate, not here.
create or replace function catalog.set_recipe_version(p_version text) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update catalog.thumbnail_recipe set version = p_version, updated_at = now() where version <> p_version;
  return found;
end
$$;

revoke execute on function catalog.set_recipe_version(text) from public;
