-- Notes something that people have to do, and answers its id. Raises check_violation, foreign_key_violation,
-- insufficient_privilege.
create or replace function inventory.create_task(
  p_title text, p_note text, p_product_id uuid, p_owner text, p_due_at timestamptz
) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller      constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
  task_id uuid;
begin
  insert into inventory.tasks (kind, title, note, product_id, owner, due_at, created_by)
  values ('manual', p_title, p_note, p_product_id, p_owner, p_due_at, caller)
  returning id into task_id;
  return task_id;
end
$$;

revoke execute on function inventory.create_task(text, text, uuid, text, timestamptz) from public;
grant execute on function inventory.create_task(text, text, uuid, text, timestamptz) to bodega_user;
