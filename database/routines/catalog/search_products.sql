-- The products on sale that the caller may see whose `search` has all of `p_words`, newest first, at most `p_limit` of
-- those older than (`p_created_before`, `p_id_before`); the conditions left null are none. Without words, everything
-- that the other conditions leave.
--
-- A definer function, since LIKE is not leakproof: under row security the planner may not look words up in the index of
-- trigrams, and a search would read every product. So it asks itself who calls, as the policy `products_read` does.
--
-- No single plan is fast for every search. What many products have is found at once by walking from the newest on, what
-- few have by an index, and the planner cannot tell which when words are frequent alone and rare together. So it walks
-- as long as that pays: each hit earns another 200 products. When that is used up, fewer than about one product in 200
-- is left to find, and the indexes (of words, of main photos by state, of products without a photo) find all of them.
-- Words without a letter or digit have no trigrams: those are walked for to the end.
create or replace function catalog.search_products(
  p_words          text[],
  p_category       text,
  p_supplier_id    uuid,
  p_image_state    text,
  p_created_before timestamptz,
  p_id_before      uuid,
  p_limit          integer
) returns table (product_id uuid, created_at timestamptz)
language plpgsql stable security definer rows 50
set search_path = ''
-- Reading every product is never the better plan here, and the planner's guesses about LIKE are what cannot be trusted.
set enable_seqscan = off
as $$
declare
  walked_first  constant integer := 400;
  walked_by_hit constant integer := 200;
  acting        name := coalesce(nullif(current_setting('role', true), 'none'), session_user);
  supplier      uuid := p_supplier_id;
  patterns      text[] := array(select catalog.search_pattern(word) from unnest(p_words) as word);
  is_indexed    boolean := p_image_state is not null
                  or exists (select from unnest(p_words) as word where word ~ '[[:alnum:]]');
  is_wanted     text := 'true';
  is_among      text := $among$product.deletion_status = 'active'$among$;
  is_older      text := ' and (product.created_at, product.id) < ($1, $2)';
  pattern       text;
  candidate     record;
  walked        integer := 0;
  found_count   integer := 0;
begin
  if platform.caller_claims() is null then
    if not pg_has_role(acting, current_user, 'member') then
      return;
    end if;
  elsif platform.caller_role() = 'supplier' then
    if platform.caller_supplier_id() is null or supplier <> platform.caller_supplier_id() then
      return;
    end if;
    supplier := platform.caller_supplier_id();
  elsif platform.caller_role() is null then
    return;
  end if;

  foreach pattern in array patterns loop
    is_wanted := is_wanted || format(' and product.search like %L', pattern);
  end loop;
  if p_image_state = 'missing' then
    is_wanted := is_wanted || ' and not product.has_photo';
  elsif p_image_state is not null then
    is_wanted := is_wanted || format($state$ and exists (
      select from catalog.product_images as main
      where main.product_id = product.id and main.position = 0 and main.thumbnail_state = %L
    )$state$, p_image_state);
  end if;
  if p_category is not null then
    is_among := is_among || format(' and product.category = %L', p_category);
  end if;
  if supplier is not null then
    is_among := is_among || format(' and product.supplier_id = %L', supplier);
  end if;

  for candidate in execute format(
    $walk$
      select product.id, product.created_at, %s as is_wanted from catalog.products as product where %s %s
      order by product.created_at desc, product.id desc
    $walk$,
    is_wanted, is_among, case when p_created_before is not null then is_older end
  ) using p_created_before, p_id_before
  loop
    if candidate.is_wanted then
      product_id := candidate.id;
      created_at := candidate.created_at;
      return next;
      found_count := found_count + 1;
    end if;
    walked := walked + 1;
    exit when found_count = p_limit or (is_indexed and walked >= walked_first + found_count * walked_by_hit);
  end loop;
  if found_count < p_limit and is_indexed and walked >= walked_first + found_count * walked_by_hit then
    return query execute format(
      $look_up$
        with match as materialized (
          select product.id, product.created_at from catalog.products as product where %s %s and %s
        )
        select id, created_at from match order by created_at desc, id desc limit $3
      $look_up$,
      is_among, is_older, is_wanted
    ) using candidate.created_at, candidate.id, p_limit - found_count;
  end if;
end
$$;

revoke execute on function catalog.search_products(text[], text, uuid, text, timestamptz, uuid, integer) from public;
grant execute on function catalog.search_products(text[], text, uuid, text, timestamptz, uuid, integer)
to bodega_user;
