-- How long replaced thumbnails stay: browsers may still show their addresses. Seconds in `images.purgeGraceSeconds`.
create or replace function catalog.replaced_thumbnails_grace() returns interval
language sql stable
set search_path = ''
as $$
  select make_interval(secs => coalesce((platform.get_app_setting('images.purgeGraceSeconds'))::double precision, 600));
$$;

revoke execute on function catalog.replaced_thumbnails_grace() from public;
