-- Locks a photo for a change, its product with it, and answers it; a row of nulls when there is none (or, with
-- `p_skip_locked`, when another has it). End with `end_photo_change`, or, where nothing came of it, with
-- `leave_photos_unchanged`.
create or replace function catalog.lock_photo(p_image_id uuid, p_skip_locked boolean default false)
returns catalog.product_images
language plpgsql
set search_path = ''
as $$
declare
  image   catalog.product_images;
  product uuid;
begin
  select product_id into product from catalog.product_images where id = p_image_id;
  if not found then
    return image;
  end if;
  if p_skip_locked then
    perform from catalog.products where id = product for no key update skip locked;
    if not found then
      return image;
    end if;
  end if;
  perform catalog.begin_photo_change(product, p_image_id);
  select * into image from catalog.product_images where id = p_image_id;
  if not found then
    perform catalog.leave_photos_unchanged();
  end if;
  return image;
exception
  -- The product went meanwhile, and its photos with it.
  when no_data_found then
    return null;
end
$$;

revoke execute on function catalog.lock_photo(uuid, boolean) from public;
