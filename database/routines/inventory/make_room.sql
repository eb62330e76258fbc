-- Ends the holds in the way of a reservation that is short and answers those it supersedes, which the reservation then
-- names. Raises IV001 when it is short all the same, serialization_failure when a hold in the way could not be had.
-- The caller has locked the levels.
create or replace function inventory.make_room(
  p_for uuid, p_by text, p_reference text, p_products uuid[], p_locations uuid[], p_quantities numeric[]
) returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  superseded uuid[];
  short      jsonb;
begin
  -- Overdue ones first: nobody's own hold is given up that does not have to be.
  perform inventory.release_holds_in_the_way(p_for, p_by, null, p_products, p_locations);
  if inventory.short_lines(p_products, p_locations, p_quantities) is null then
    return null;
  end if;
  superseded := inventory.release_holds_in_the_way(p_for, p_by, p_reference, p_products, p_locations);
  short := inventory.short_lines(p_products, p_locations, p_quantities);
  if short is null then
    update inventory.reservations set supersedes = superseded where id = p_for;
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
