-- Whether a photo refers to each of these objects now. A key that ends in "/" stands for all that lies under it (`a/` is
-- never `ab/`). Every run of a worker puts its thumbnails under a folder of its own, so one that is not referred to yet
-- can be the work of a run that has not ended: sweeps leave it a grace time, and what is purged belongs to no such run.
create or replace function catalog.is_object_key_referenced(p_keys text[])
returns table (object_key text, is_referenced boolean)
language sql stable
set search_path = ''
as $$
  select given.key, exists (
    select from catalog.product_images
    where original_key = given.key or thumbnail_url = given.key
  ) or (given.key like '%/' and exists (
    -- "0" is the character after "/": the range holds exactly what begins with the prefix.
    select from catalog.product_images
    where original_key >= given.key and original_key < left(given.key, -1) || '0'
  )) or (given.key like '%/' and exists (
    select from catalog.product_images
    where thumbnail_url >= given.key and thumbnail_url < left(given.key, -1) || '0'
  )) or exists (
    select from catalog.product_images as image
    cross join lateral jsonb_each_text(image.thumbnails) as thumbnail
    where image.id = given.image_id
      and (thumbnail.value = given.key or (given.key like '%/' and starts_with(thumbnail.value, given.key)))
  )
  from (
    select
      key collate "C" as key,
      case
        when parts[1] = 'products' and parts[3] ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then parts[3]::uuid
      end as image_id
    from unnest(p_keys) as key
    cross join lateral (select string_to_array(key, '/') as parts) as split
  ) as given;
$$;

revoke execute on function catalog.is_object_key_referenced(text[]) from public;
