-- Refuses callers who may not change the photos of a product of `p_supplier_id`. Without claims, the service role alone
-- passes: inside a definer function `current_user` is the owner, so the role is asked for that the session has set.
-- Another seller's product does not exist for a seller, as in row security.
create or replace function catalog.require_photo_writer(p_supplier_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  acting name := coalesce(nullif(current_setting('role', true), 'none'), session_user);
begin
  if platform.caller_claims() is null and pg_has_role(acting, current_user, 'member') then
    return;
  end if;
  case platform.caller_role()
    when 'admin', 'warehouse' then
      return;
    when 'supplier' then
      if p_supplier_id is distinct from platform.caller_supplier_id() or p_supplier_id is null then
        raise exception 'there is no such product' using errcode = 'no_data_found';
      end if;
    else
      raise exception 'this role may not change photos' using errcode = 'insufficient_privilege';
  end case;
end
$$;

revoke execute on function catalog.require_photo_writer(uuid) from public;
