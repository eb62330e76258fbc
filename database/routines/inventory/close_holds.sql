-- Ends active reservations and gives their quantities back. The caller holds the locks of the reservations and of every
-- level that their lines are of.
create or replace function inventory.close_holds(
  p_ids uuid[], p_state text, p_by text, p_reason text default null, p_wake boolean default true
) returns integer
language plpgsql
set search_path = ''
as $$
declare
  closed    uuid[];
  products  uuid[];
  locations uuid[];
begin
  with ended as (
    update inventory.reservations
    set state = p_state, closed_at = clock_timestamp(), closed_by = p_by, close_reason = p_reason
    where id = any (p_ids) and state = 'active'
    returning id
  )
  select array_agg(id) into closed from ended;
  if closed is null then
    return 0;
  end if;
  with given_back as (
    update inventory.stock_levels as level
    set reserved = level.reserved - line.quantity
    from (
      select product_id, location_id, sum(quantity) as quantity
      from inventory.reservation_lines
      where reservation_id = any (closed)
      group by product_id, location_id
    ) as line
    where level.product_id = line.product_id and level.location_id = line.location_id
    returning level.product_id, level.location_id
  )
  select array_agg(product_id), array_agg(location_id) into products, locations from given_back;
  perform inventory.announce(
    p_state, products, locations, jsonb_build_object('reservationIds', to_jsonb(closed[1:100])), p_wake
  );
  return cardinality(closed);
end
$$;

revoke execute on function inventory.close_holds(uuid[], text, text, text, boolean) from public;
