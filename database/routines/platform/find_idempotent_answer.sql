-- Claims a key until the transaction ends and says what is known of it:
--   `new`          nobody used it within the last 7 days: do the work, then call `store_idempotent_answer`
--   `in_progress`  another transaction holds it right now
--   `reused`       it stands for another request
--   `answered`     status, headers and body of the first answer
--
-- Statements of a plpgsql function see what was committed before each of them began, so the row that another holder of
-- the lock has just committed is seen once the lock is ours. Under `bodega_user` the principal is who the claims say.
create or replace function platform.find_idempotent_answer(
  p_principal text, p_method text, p_path text, p_key text, p_fingerprint text
) returns table (state text, status int, headers jsonb, body text)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_principal constant text := coalesce(platform.caller_id(), p_principal);
  v_row platform.idempotency_keys;
begin
  if not pg_try_advisory_xact_lock(
    hashtextextended(jsonb_build_array('idempotency', v_principal, p_method, p_path, p_key)::text, 0)
  ) then
    return query select 'in_progress', null::int, null::jsonb, null::text;
    return;
  end if;

  select k.* into v_row
  from platform.idempotency_keys as k
  where k.principal = v_principal and k.method = p_method and k.path = p_path and k.key = p_key
    and k.created_at > now() - interval '7 days';

  if not found then
    return query select 'new', null::int, null::jsonb, null::text;
  elsif v_row.fingerprint <> p_fingerprint then
    return query select 'reused', null::int, null::jsonb, null::text;
  else
    return query select 'answered', v_row.status, v_row.headers, v_row.body;
  end if;
end
$$;

revoke execute on function platform.find_idempotent_answer(text, text, text, text, text) from public;
grant execute on function platform.find_idempotent_answer(text, text, text, text, text) to bodega_user;
