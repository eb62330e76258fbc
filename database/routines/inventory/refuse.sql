-- Refuses in a way that callers can tell apart, and rolls back. What is wrong, one by one, is the error's detail, as a
-- JSON array. States: IV001 insufficient stock, IV002 reservation not active, IV003 key reused, IV004 count outdated,
-- IV005 over-receipt, IV006 margin below minimum, IV007 order not in the state for this, IV008 cannot be undone,
-- IV009 location in use, IV010 code of another product, IV011 location not in use.
create or replace function inventory.refuse(p_state text, p_message text, p_errors jsonb default '[]') returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = p_state, message = p_message, detail = coalesce(p_errors, '[]')::text;
end
$$;

revoke execute on function inventory.refuse(text, text, jsonb) from public;
