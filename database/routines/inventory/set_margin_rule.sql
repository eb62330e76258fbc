-- Sets the margins of a category ('' for every category without its own). Raises check_violation,
-- insufficient_privilege.
create or replace function inventory.set_margin_rule(p_category text, p_minimum numeric, p_suggested numeric) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin']);
begin
  insert into inventory.margin_rules (category, minimum_percent, suggested_percent, updated_by)
  values (p_category, p_minimum, p_suggested, caller)
  on conflict (category) do update
  set minimum_percent = excluded.minimum_percent, suggested_percent = excluded.suggested_percent,
    updated_by = excluded.updated_by, updated_at = now();
end
$$;

revoke execute on function inventory.set_margin_rule(text, numeric, numeric) from public;
grant execute on function inventory.set_margin_rule(text, numeric, numeric) to bodega_user;
