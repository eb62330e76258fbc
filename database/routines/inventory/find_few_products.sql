-- The products that the caller may see whose `search` has all of `p_words`, when they are few: at most `p_limit`. Null
-- when they are more, or when no index can tell: then a list that is narrowed by LIKE as it is read comes to its page
-- soon, or has no better way.
--
-- A definer function for the reason that `catalog.search_products` tells: under row security LIKE cannot use the index of
-- trigrams, and a search for what few products have would read all of them.
create or replace function inventory.find_few_products(p_words text[], p_limit integer default 2000) returns uuid[]
language plpgsql stable security definer
set search_path = ''
-- The planner's guesses about LIKE are what cannot be trusted.
set enable_seqscan = off
as $$
declare
  seen      record;
  pattern   text;
  condition text := 'true';
  found_ids uuid[];
begin
  if not exists (select from unnest(p_words) as word where word ~ '[[:alnum:]]') then
    return null;
  end if;
  select * into seen from inventory.products_seen();
  if not seen.are_all then
    if seen.of_supplier is null then
      return '{}';
    end if;
    condition := format('product.supplier_id = %L', seen.of_supplier);
  end if;
  for pattern in select catalog.search_pattern(word) from unnest(p_words) as word loop
    condition := condition || format(' and product.search like %L', pattern);
  end loop;
  execute format(
    'select array_agg(id) from (select product.id from catalog.products as product where %s limit %s) as found',
    condition, p_limit + 1
  ) into found_ids;
  return case when found_ids is null then '{}' when cardinality(found_ids) <= p_limit then found_ids end;
end
$$;

revoke execute on function inventory.find_few_products(text[], integer) from public;
grant execute on function inventory.find_few_products(text[], integer) to bodega_user;
