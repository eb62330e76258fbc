-- Which products the caller may see, as the policy `products_read` says: all of them, those of one supplier, or none. For
-- definer functions, which row security does not bind.
create or replace function inventory.products_seen(out are_all boolean, out of_supplier uuid)
language plpgsql stable
set search_path = ''
as $$
begin
  if platform.caller_claims() is null then
    are_all := pg_has_role(
      coalesce(nullif(current_setting('role', true), 'none'), session_user), current_user, 'member'
    );
  else
    are_all := coalesce(platform.caller_role() in ('admin', 'warehouse', 'sales'), false);
  end if;
  of_supplier := case when not are_all then platform.caller_supplier_id() end;
end
$$;

revoke execute on function inventory.products_seen() from public;
