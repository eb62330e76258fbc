-- Ends the holds in the way of a reservation that is short, until it is short no more or none is left that could be ended,
-- and answers those it supersedes, which the reservation then names. Raises IV001 when it is short all the same,
-- serialization_failure when a hold in the way could not be had. The caller has locked the levels.
create or replace function inventory.make_room(
  p_for uuid, p_by text, p_reference text, p_products uuid[], p_locations uuid[], p_quantities numeric[]
) returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  superseded uuid[];
  reference  text;
  released   record;
  short      jsonb;
begin
  -- Overdue ones first: nobody's own hold is given up that does not have to be.
  foreach reference in array array[null, p_reference] loop
    loop
      select * into released
      from inventory.release_holds_in_the_way(p_for, p_by, reference, p_products, p_locations);
      superseded := superseded || released.superseded;
      short := inventory.short_lines(p_products, p_locations, p_quantities);
      exit when short is null or released.ended = 0;
    end loop;
    exit when short is null or p_reference is null;
  end loop;
  if short is null then
    update inventory.reservations set supersedes = superseded where id = p_for and superseded is not null;
    return superseded;
  end if;
  if exists (select from inventory.holds_in_the_way(p_for, p_by, p_reference, p_products, p_locations)) then
    raise exception 'a hold in the way is being changed' using errcode = 'serialization_failure';
  end if;
  perform inventory.refuse('IV001', 'there is not enough stock', short);
  return null;
end
$$;

revoke execute on function inventory.make_room(uuid, text, text, uuid[], uuid[], numeric[]) from public;
