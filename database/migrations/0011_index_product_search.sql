-- Words anywhere in name, sku and gtin, found by their trigrams. `pg_trgm` is trusted (the database's owner may make
-- it) and ships with the embedded server, Debian's and the managed ones; where it is missing the search is the same,
-- only slower.
do $$
declare
  trigram_schema name;
begin
  if not exists (select from pg_available_extensions where name = 'pg_trgm') then
    raise warning 'pg_trgm is not available: searching products will read all of them';
    return;
  end if;
  if not exists (select from pg_extension where extname = 'pg_trgm') then
    create schema if not exists extensions;
    create extension pg_trgm with schema extensions;
  end if;
  select nspname into strict trigram_schema
  from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
  where extname = 'pg_trgm';
  execute format(
    'create index products_by_words on catalog.products using gin (search %I.gin_trgm_ops)', trigram_schema
  );
end
$$;
