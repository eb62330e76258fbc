-- The lot with this code and date, made if need be; null without either: such stock is of no lot.
create or replace function inventory.find_lot(p_product_id uuid, p_location_id uuid, p_code text, p_expires_on date)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  lot_id uuid;
begin
  if coalesce(p_code, '') = '' and p_expires_on is null then
    return null;
  end if;
  insert into inventory.lots (product_id, location_id, code, expires_on)
  values (p_product_id, p_location_id, coalesce(p_code, ''), p_expires_on)
  on conflict on constraint lots_unique do nothing;
  select id into strict lot_id
  from inventory.lots
  where product_id = p_product_id and location_id = p_location_id
    and code = coalesce(p_code, '') and expires_on is not distinct from p_expires_on;
  return lot_id;
end
$$;

revoke execute on function inventory.find_lot(uuid, uuid, text, date) from public;
