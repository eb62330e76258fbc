-- A product that the ledger or an order speaks of is not purged: it is archived instead, and its history stays true.
create or replace function inventory.keep_product_with_stock() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if exists (select from inventory.stock_levels where product_id = old.id)
    or exists (select from inventory.purchase_order_lines where product_id = old.id)
    or exists (select from inventory.count_lines where product_id = old.id)
  then
    update catalog.products
    set deletion_status = 'archived', deleted_at = coalesce(deleted_at, now()), is_active = false
    where id = old.id and deletion_status <> 'archived';
    return null;
  end if;
  return old;
end
$$;

revoke execute on function inventory.keep_product_with_stock() from public;

create or replace trigger keep_product_with_stock
before delete on catalog.products
for each row execute function inventory.keep_product_with_stock();
