-- Changes what `p_change` names of a task: `title`, `note`, `owner`, `dueAt`, `state`. Raises no_data_found,
-- check_violation, unique_violation (opened again while another of the same cause is open), insufficient_privilege.
create or replace function inventory.change_task(p_id uuid, p_change jsonb) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
begin
  update inventory.tasks
  set title = case when p_change ? 'title' then p_change ->> 'title' else title end,
    note = case when p_change ? 'note' then p_change ->> 'note' else note end,
    owner = case when p_change ? 'owner' then p_change ->> 'owner' else owner end,
    due_at = case when p_change ? 'dueAt' then (p_change ->> 'dueAt')::timestamptz else due_at end,
    state = coalesce(p_change ->> 'state', state),
    closed_at = case coalesce(p_change ->> 'state', state) when 'open' then null else coalesce(closed_at, now()) end,
    closed_by = case coalesce(p_change ->> 'state', state) when 'open' then null else coalesce(closed_by, caller) end
  where id = p_id;
  if not found then
    raise exception 'there is no such task' using errcode = 'no_data_found';
  end if;
end
$$;

revoke execute on function inventory.change_task(uuid, jsonb) from public;
grant execute on function inventory.change_task(uuid, jsonb) to bodega_user;
