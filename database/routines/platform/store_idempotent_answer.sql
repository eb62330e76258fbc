-- Keeps the answer of the work that this transaction did under a key claimed by `find_idempotent_answer`. A row that is
-- there already is older than 7 days (else it would have been the answer) and gives way.
create or replace function platform.store_idempotent_answer(
  p_principal text, p_method text, p_path text, p_key text, p_fingerprint text,
  p_status int, p_headers jsonb, p_body text
) returns void
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
  insert into platform.idempotency_keys
    (principal, method, path, key, fingerprint, status, headers, body)
  values
    (coalesce(platform.caller_id(), p_principal), p_method, p_path, p_key, p_fingerprint, p_status, p_headers, p_body)
  on conflict (principal, method, path, key) do update
  set fingerprint = excluded.fingerprint,
      status      = excluded.status,
      headers     = excluded.headers,
      body        = excluded.body,
      created_at  = now()
  where idempotency_keys.created_at <= now() - interval '7 days';
$$;

revoke execute on function platform.store_idempotent_answer(text, text, text, text, text, int, jsonb, text) from public;
grant execute on function platform.store_idempotent_answer(text, text, text, text, text, int, jsonb, text)
to bodega_user;
