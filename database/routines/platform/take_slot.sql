-- A place among at most `p_places` that are at `p_name` at once, in all processes together; false when all are taken.
-- Places whose lease ran out are free.
create or replace function platform.take_slot(p_name text, p_places integer, p_holder uuid, p_lease interval)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  -- Those who want a place of this name count one after the other.
  perform pg_advisory_xact_lock(hashtextextended('slot:' || p_name, 0));
  delete from platform.slots where name = p_name and expires_at <= clock_timestamp();
  if (select count(*) from platform.slots where name = p_name) >= p_places then
    return false;
  end if;
  insert into platform.slots (name, holder, expires_at) values (p_name, p_holder, clock_timestamp() + p_lease);
  return true;
end
$$;

revoke execute on function platform.take_slot(text, integer, uuid, interval) from public;
