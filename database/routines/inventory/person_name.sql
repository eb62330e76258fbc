-- The name of a user of the embedded identity, for the shop's own people; null for anybody else, for who signs in
-- elsewhere, and for the shop itself.
create or replace function inventory.person_name(p_user_id text) returns text
language sql stable security definer
set search_path = ''
as $$
  select person.name
  from platform.users as person
  where person.id = case when p_user_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_user_id::uuid end
    and (platform.caller_claims() is null or platform.caller_role() in ('admin', 'warehouse', 'sales'));
$$;

revoke execute on function inventory.person_name(text) from public;
grant execute on function inventory.person_name(text) to bodega_user;
