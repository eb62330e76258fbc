-- Levels that are not what the ledger and the active reservations say, or whose lots hold more than they do; at most
-- `p_limit`. None, unless somebody wrote past the functions.
create or replace function inventory.find_stock_discrepancies(p_limit integer default 100)
returns table (product_id uuid, location_id uuid, on_hand numeric, ledger numeric, reserved numeric, held numeric)
language sql stable
set search_path = ''
as $$
  select level.product_id, level.location_id, level.on_hand, coalesce(ledger.total, 0), level.reserved,
    coalesce(held.total, 0)
  from inventory.stock_levels as level
  left join (
    select movement.product_id, movement.location_id, sum(movement.delta) as total, count(*) as positions
    from inventory.movements as movement
    group by movement.product_id, movement.location_id
  ) as ledger using (product_id, location_id)
  left join (
    select line.product_id, line.location_id, sum(line.quantity) as total
    from inventory.reservations as reservation
    join inventory.reservation_lines as line on line.reservation_id = reservation.id
    where reservation.state = 'active'
    group by line.product_id, line.location_id
  ) as held using (product_id, location_id)
  left join (
    select lot.product_id, lot.location_id, sum(lot.on_hand) as total
    from inventory.lots as lot
    group by lot.product_id, lot.location_id
  ) as lots using (product_id, location_id)
  where level.on_hand <> coalesce(ledger.total, 0)
    or level.position <> coalesce(ledger.positions, 0)
    or level.reserved <> coalesce(held.total, 0)
    or level.on_hand < coalesce(lots.total, 0)
  limit p_limit;
$$;

revoke execute on function inventory.find_stock_discrepancies(integer) from public;
