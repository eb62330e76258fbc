-- The margins that hold for a category: its own, else those of every other one.
create or replace function inventory.margin_rule(p_category text) returns inventory.margin_rules
language sql stable security definer
set search_path = ''
as $$
  select * from inventory.margin_rules where category in (coalesce(p_category, ''), '') order by category desc limit 1;
$$;

revoke execute on function inventory.margin_rule(text) from public;
grant execute on function inventory.margin_rule(text) to bodega_user;
