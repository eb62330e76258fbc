-- Sets how prices of a currency are rounded. Raises check_violation, insufficient_privilege.
create or replace function inventory.set_rounding_rule(p_currency text, p_step numeric, p_mode text) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin']);
begin
  insert into inventory.rounding_rules (currency, step, mode, updated_by)
  values (p_currency, p_step, p_mode, caller)
  on conflict (currency) do update
  set step = excluded.step, mode = excluded.mode, updated_by = excluded.updated_by, updated_at = now();
end
$$;

revoke execute on function inventory.set_rounding_rule(text, numeric, text) from public;
grant execute on function inventory.set_rounding_rule(text, numeric, text) to bodega_user;
