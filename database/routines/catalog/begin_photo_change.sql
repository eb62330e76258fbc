-- The lock that every change of a product's photos takes first: the product's own row, so it works for a product
-- without photos too. `no key update` leaves other tables free to refer to the product meanwhile. Until
-- `end_photo_change`, the triggers leave order, revision and events of this product to the function at work.
--
-- With it come the photos that the change will write: `p_image_id`, or all with `p_all`. Plain SQL locks a photo first
-- and the product afterwards (in the triggers); so a photo that another holds is not waited for with the product in
-- hand, which would be a deadlock: the product is let go (by the rollback of the block) and it is tried again.
create or replace function catalog.begin_photo_change(
  p_product_id uuid, p_image_id uuid default null, p_all boolean default false
) returns catalog.products
language plpgsql
set search_path = ''
as $$
declare
  product  catalog.products;
  deadline timestamptz := clock_timestamp() + interval '10 seconds';
begin
  loop
    begin
      select * into product from catalog.products where id = p_product_id for no key update;
      if not found then
        raise exception 'there is no such product' using errcode = 'no_data_found';
      end if;
      if p_all or p_image_id is not null then
        perform from catalog.product_images
        where product_id = p_product_id and (p_all or id = p_image_id)
        for no key update nowait;
      end if;
      exit;
    exception
      when lock_not_available then
        if clock_timestamp() > deadline then
          raise;
        end if;
    end;
    perform pg_sleep(0.002 + random() * 0.01);
  end loop;
  perform set_config('catalog.changing_photos_of', p_product_id::text, true);
  return product;
end
$$;

revoke execute on function catalog.begin_photo_change(uuid, uuid, boolean) from public;
