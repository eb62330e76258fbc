-- Who acts, or insufficient_privilege when their role may not make stories. Without claims the service role alone passes:
-- inside a definer function `current_user` is the owner, so the role is asked for that the session has set.
create or replace function stories.require_writer() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if platform.caller_claims() is null then
    if pg_has_role(coalesce(nullif(current_setting('role', true), 'none'), session_user), current_user, 'member') then
      return platform.actor();
    end if;
  elsif platform.caller_role() in ('admin', 'sales') and platform.caller_id() is not null then
    return platform.caller_id();
  end if;
  raise exception 'this role may not make stories' using errcode = 'insufficient_privilege';
end
$$;

revoke execute on function stories.require_writer() from public;
