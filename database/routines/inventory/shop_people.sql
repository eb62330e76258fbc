-- Whom a task can be given to: the shop's own people who may sign in, by name. Nobody, for anyone else who asks.
create or replace function inventory.shop_people() returns table (id uuid, name text, role text)
language sql stable security definer
set search_path = ''
as $$
  select person.id, person.name, person.role
  from platform.users as person
  where person.role in ('admin', 'warehouse', 'sales') and person.disabled_at is null
    and (platform.caller_claims() is null or platform.caller_role() in ('admin', 'warehouse', 'sales'))
  order by person.name, person.id
  limit 500;
$$;

revoke execute on function inventory.shop_people() from public;
grant execute on function inventory.shop_people() to bodega_user;
