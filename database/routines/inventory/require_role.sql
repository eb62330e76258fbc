-- Refuses what the server asks on behalf of someone of another role; for the calls that carry their caller with them,
-- so that no transaction has to be opened for the claims.
create or replace function inventory.require_role(p_role text, p_roles text[]) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_role is null or p_role <> all (p_roles) then
    raise exception 'this role may not do this' using errcode = 'insufficient_privilege';
  end if;
end
$$;

revoke execute on function inventory.require_role(text, text[]) from public;
