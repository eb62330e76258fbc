-- Locks a photo for a change, its product first (the order that all take: product, photo, job), and answers it; a row
-- of nulls when there is none (or, with `p_skip_locked`, when another has it). End with `end_photo_change`, or, where
-- nothing came of it, by `leave_photos_unchanged`.
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
  if p_skip_locked then
    perform from catalog.products where id = product for no key update skip locked;
  else
    perform from catalog.products where id = product for no key update;
  end if;
  if found then
    perform catalog.begin_photo_change(product);
    select * into image from catalog.product_images where id = p_image_id for update;
    if image.id is null then
      perform catalog.leave_photos_unchanged();
    end if;
  end if;
  return image;
end
$$;

revoke execute on function catalog.lock_photo(uuid, boolean) from public;
