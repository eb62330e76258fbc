-- The folders that thumbnails lie in: that of one run of a worker, or of several where later ones added what the first
-- could not make.
create or replace function catalog.thumbnail_folders(p_thumbnails jsonb) returns setof text
language sql immutable
set search_path = ''
as $$
  select distinct regexp_replace(value, '[^/]*$', '') from jsonb_each_text(p_thumbnails);
$$;

revoke execute on function catalog.thumbnail_folders(jsonb) from public;
