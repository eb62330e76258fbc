-- After how many attempts on the same bytes the sweeps and partial photos stop trying by themselves.
create or replace function catalog.thumbnail_attempts_max() returns integer
language sql immutable
set search_path = ''
as $$
  select 8;
$$;

revoke execute on function catalog.thumbnail_attempts_max() from public;
