-- The signature that a photo's thumbnails should have today: 16 hex of the original's SHA-256, a dot, the recipe.
create or replace function catalog.expected_signature(p_sha256 text) returns text
language sql stable
set search_path = ''
as $$
  select left(p_sha256, 16) || '.' || version from catalog.thumbnail_recipe;
$$;

revoke execute on function catalog.expected_signature(text) from public;
