-- Claims a key of the caller's until the transaction ends, waiting for whoever has it, and answers what was answered under
-- it before; null when it is new. Raises IV003 when it stands for another request.
create or replace function inventory.find_answer(p_scope text, p_key text, p_fingerprint text) returns text
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse', 'sales']);
  stored inventory.answers;
begin
  perform pg_advisory_xact_lock(
    hashtextextended(jsonb_build_array('inventory', caller, p_scope, p_key)::text, 0)
  );
  select * into stored from inventory.answers where principal = caller and scope = p_scope and key = p_key;
  if found and stored.fingerprint <> p_fingerprint then
    perform inventory.refuse('IV003', 'this key was used for another request');
  end if;
  return stored.answer;
end
$$;

revoke execute on function inventory.find_answer(text, text, text) from public;
grant execute on function inventory.find_answer(text, text, text) to bodega_user;
