-- Closes the unresolved incident of `p_key` because its cause is gone; false when there is none.
create or replace function platform.resolve_incident(p_key text) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update platform.incidents
  set state = 'resolved', resolved_at = clock_timestamp(), resolution = 'The cause is gone.'
  where key = left(p_key, 200) and state <> 'resolved';
  return found;
end
$$;

revoke execute on function platform.resolve_incident(text) from public;
