-- Whether a photo was tried as often as it may be since its work was last given out anew.
create or replace function catalog.has_used_up_attempts(p_image_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from catalog.thumbnail_jobs
    where image_id = p_image_id and attempts >= catalog.thumbnail_attempts_max()
  );
$$;

revoke execute on function catalog.has_used_up_attempts(uuid) from public;
