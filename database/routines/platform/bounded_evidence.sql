-- What an incident keeps of old and new evidence: both, new members winning; the new alone when both are more than
-- 16 kB; its beginning when even that is too much.
create or replace function platform.bounded_evidence(p_old jsonb, p_new jsonb) returns jsonb
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when octet_length((p_old || p_new)::text) <= 16384 then p_old || p_new
    when octet_length(p_new::text) <= 16384 then p_new
    -- At worst every one of these characters becomes seven bytes.
    else jsonb_build_object('isTruncated', true, 'beginning', left(p_new::text, 2000))
  end;
$$;

revoke execute on function platform.bounded_evidence(jsonb, jsonb) from public;
