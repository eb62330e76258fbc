-- In whose name this transaction changes things: what the server declared (`bodega.actor`), else the caller of the
-- request, else the database's own user.
create or replace function platform.actor() returns text
language sql stable
set search_path = ''
as $$
  select coalesce(nullif(current_setting('bodega.actor', true), ''), platform.caller_id(), session_user::text);
$$;

revoke execute on function platform.actor() from public;
