-- Takes a code from a product. Raises no_data_found, insufficient_privilege.
create or replace function inventory.unlink_product_code(p_product_id uuid, p_code text) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform inventory.require_caller(array['admin', 'warehouse']);
  delete from inventory.product_codes where product_id = p_product_id and code = p_code;
  if not found then
    raise exception 'the product has no such code' using errcode = 'no_data_found';
  end if;
end
$$;

revoke execute on function inventory.unlink_product_code(uuid, text) from public;
grant execute on function inventory.unlink_product_code(uuid, text) to bodega_user;
