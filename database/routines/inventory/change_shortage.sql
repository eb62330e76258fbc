-- Moves a shortage on, or changes its note; what is null stays. Raises no_data_found, check_violation,
-- insufficient_privilege.
create or replace function inventory.change_shortage(p_id uuid, p_state text, p_note text) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
begin
  update inventory.shortages
  set state = coalesce(p_state, state), note = coalesce(p_note, note), updated_by = caller, updated_at = now()
  where id = p_id;
  if not found then
    raise exception 'there is no such shortage' using errcode = 'no_data_found';
  end if;
end
$$;

revoke execute on function inventory.change_shortage(uuid, text, text) from public;
grant execute on function inventory.change_shortage(uuid, text, text) to bodega_user;
