-- Lets a scanned code stand for a product; again, with another quantity, changes that. Raises no_data_found for a product
-- that is not there, IV010 for a code that is another product's (linked, its GTIN, or its SKU whatever the case),
-- check_violation, insufficient_privilege.
create or replace function inventory.link_product_code(p_product_id uuid, p_code text, p_quantity numeric default 1)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  caller constant text := inventory.require_caller(array['admin', 'warehouse']);
  owner  uuid;
begin
  perform from catalog.products where id = p_product_id and deletion_status = 'active' for key share;
  if not found then
    raise exception 'no product has this id' using errcode = 'no_data_found';
  end if;
  select id into owner
  from catalog.products
  where (gtin = p_code or lower(sku) = lower(p_code)) and id <> p_product_id and deletion_status <> 'archived'
  limit 1;
  if not found then
    insert into inventory.product_codes (code, product_id, quantity, created_by)
    values (p_code, p_product_id, p_quantity, caller)
    on conflict (code) do update
    set quantity = excluded.quantity, created_by = excluded.created_by, created_at = now()
    where product_codes.product_id = excluded.product_id;
    if found then
      return;
    end if;
    select product_id into owner from inventory.product_codes where code = p_code;
  end if;
  perform inventory.refuse('IV010', 'the code is another product''s',
    jsonb_build_array(jsonb_build_object('path', 'code', 'productId', owner)));
end
$$;

revoke execute on function inventory.link_product_code(uuid, text, numeric) from public;
grant execute on function inventory.link_product_code(uuid, text, numeric) to bodega_user;
