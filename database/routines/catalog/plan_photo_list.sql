-- Reads the list that `replace_product_images_preserve_thumbs` is given: the id of the photo at each place, new files
-- matched to the photos with their bytes, and the keys of the files that are not needed because of that.
create or replace function catalog.plan_photo_list(
  p_product_id uuid, p_images jsonb, out ids uuid[], out unused_keys text[]
)
language plpgsql
set search_path = ''
as $$
declare
  entry jsonb;
  named uuid[];
  same  uuid;
begin
  if jsonb_typeof(p_images) is distinct from 'array' then
    raise exception 'the photos must be a list' using errcode = 'invalid_parameter_value';
  end if;
  select coalesce(array_agg((element ->> 'id')::uuid), '{}') into named
  from jsonb_array_elements(p_images) as element
  where element ? 'id';
  if exists (
    select from unnest(named) as name
    left join catalog.product_images as image on image.id = name and image.product_id = p_product_id
    group by name having count(*) > 1 or count(image.id) = 0
  ) then
    raise exception 'the list names a photo twice, or one that this product does not have'
      using errcode = 'invalid_parameter_value';
  end if;

  ids := '{}';
  unused_keys := '{}';
  for entry in select element from jsonb_array_elements(p_images) as element loop
    if entry ? 'id' = entry ? 'imageId' then
      raise exception 'each photo is either {"id"} or {"imageId", …}' using errcode = 'invalid_parameter_value';
    end if;
    if entry ? 'id' then
      ids := ids || (entry ->> 'id')::uuid;
      continue;
    end if;
    select id into same
    from catalog.product_images
    where product_id = p_product_id and sha256 = entry ->> 'sha256' and id <> all (named)
    order by position
    limit 1;
    if found then
      -- From now on it is named: the next file with these bytes is another photo.
      named := named || same;
      ids := ids || same;
      if same::text <> entry ->> 'imageId' then
        unused_keys := unused_keys || (entry ->> 'originalKey');
      end if;
    else
      ids := ids || (entry ->> 'imageId')::uuid;
    end if;
  end loop;
end
$$;

revoke execute on function catalog.plan_photo_list(uuid, jsonb) from public;
