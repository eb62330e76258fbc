-- Whether a photo still refers to each of these objects. A key that ends in "/" stands for all that lies under it
-- (`a/` is never `ab/`). Thumbnails that a worker may be putting there just now (of the signature that the photo should
-- have) count as referred to. To remove without a race, hold the product's row (`for no key update`) while asking and
-- removing: no photo of it can be promoted meanwhile.
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
    where image.id = given.image_id
      and image.product_id::text = given.place[2]
      and case
        when given.place[4] is null or given.place[4] = '' then given.key like '%/'
        when cardinality(given.place) = 4 then false
        else given.place[4] = image.thumbnail_signature
          or (
            given.place[4] = catalog.expected_signature(image.sha256)
            and image.thumbnail_state in ('uploaded', 'generating', 'retry_scheduled', 'partial', 'ready')
          )
          or exists (select from jsonb_each_text(image.thumbnails) as thumbnail where thumbnail.value = given.key)
      end
  )
  from (
    select key collate "C" as key, parts as place,
      case when parts[1] = 'products' and parts[3] ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then parts[3]::uuid end
        as image_id
    from unnest(p_keys) as key
    cross join lateral (select string_to_array(key, '/') as parts) as split
  ) as given;
$$;

revoke execute on function catalog.is_object_key_referenced(text[]) from public;
