-- What an event tells about a change of the main photo: nothing when it is the same one.
create or replace function catalog.main_change(p_old catalog.product_images, p_new catalog.product_images) returns jsonb
language sql stable
set search_path = ''
as $$
  select case when p_old.id is distinct from p_new.id then jsonb_build_object(
    'staleDetected', p_old.id is not null,
    'previousSignature', p_old.thumbnail_signature,
    'newSignature', catalog.expected_signature(p_new.sha256)
  ) else '{}' end;
$$;

revoke execute on function catalog.main_change(catalog.product_images, catalog.product_images) from public;
