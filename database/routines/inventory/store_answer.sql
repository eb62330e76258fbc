-- Keeps the answer of the work that this transaction did under a key claimed by `find_answer`.
create or replace function inventory.store_answer(p_scope text, p_key text, p_fingerprint text, p_answer text)
returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into inventory.answers (principal, scope, key, fingerprint, answer)
  values (
    inventory.require_caller(array['admin', 'warehouse', 'sales']), p_scope, p_key, p_fingerprint, p_answer
  );
end
$$;

revoke execute on function inventory.store_answer(text, text, text, text) from public;
grant execute on function inventory.store_answer(text, text, text, text) to bodega_user;
