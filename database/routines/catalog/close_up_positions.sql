-- Makes a product's positions 0, 1, 2, … again, in their order. The caller holds the product's lock. A photo that
-- another transaction holds (a delete by plain SQL, which waits for this lock and then closes up itself) stays where
-- it is, the others close up around it: waiting for it here would be a deadlock.
create or replace function catalog.close_up_positions(p_product_id uuid) returns void
language sql
set search_path = ''
as $$
  with movable as materialized (
    select id, position from catalog.product_images where product_id = p_product_id for no key update skip locked
  ), held as (
    select position from catalog.product_images
    where product_id = p_product_id and id not in (select id from movable)
  ), places as (
    select place, row_number() over (order by place) as nth
    from generate_series(0, (select count(*) from movable) + (select count(*) from held) - 1) as place
    where place not in (select position from held)
  ), ordered as (
    select id, row_number() over (order by position, id) as nth from movable
  )
  update catalog.product_images
  set position = places.place
  from ordered join places using (nth)
  where product_images.id = ordered.id and product_images.position <> places.place;
$$;

revoke execute on function catalog.close_up_positions(uuid) from public;
