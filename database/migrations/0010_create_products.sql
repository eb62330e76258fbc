-- Products: what the shop sells. Photos hang on them (next migration).

-- GS1 General Specifications §7.9: the last digit makes the sum of the others, weighted 3, 1, 3, … from the right, a
-- multiple of ten. GTIN-8, -12 (UPC-A), -13 (EAN) and -14.
create function catalog.is_valid_gtin(p_gtin text) returns boolean
language sql immutable strict parallel safe
return case
  when p_gtin !~ '^([0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14})$' then false
  else (
    select
      sum(substr(p_gtin, place, 1)::integer * case when (length(p_gtin) - place) % 2 = 0 then 1 else 3 end) % 10 = 0
    from generate_series(1, length(p_gtin)) as place
  )
end;

-- What is searched: lower case, accents gone (decomposed, then the combining marks dropped), letters that do not
-- decompose spelled out, spaces single. Made of core functions alone, so that it is the same on every server.
create function catalog.normalize_search(p_text text) returns text
language sql immutable strict parallel safe
return btrim(regexp_replace(
  lower(case
    -- Plain ASCII, as most are: nothing to take apart.
    when octet_length(p_text) = char_length(p_text) then p_text
    else translate(
      regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]', '', 'g'),
      'ØøŁłĐđÐðıŒœÆæ', 'OoLlDdDdiOoAa'
    )
  end),
  '\s+', ' ', 'g'
));

-- A LIKE pattern for one word of a query, matched against `products.search`. Two letters and fewer are looked for at
-- the beginnings of words alone: anywhere else, no index could help.
create function catalog.search_pattern(p_word text) returns text
language sql immutable strict parallel safe
return (
  select case when char_length(word) < 3 then '% ' else '%' end
    || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
  from (select catalog.normalize_search(p_word) as word) as normalized
);

create table catalog.products (
  id               uuid           primary key default platform.uuid_v7(),
  -- The seller whose product it is; null: the shop's own.
  supplier_id      uuid,
  sku              text           not null unique check (sku = btrim(sku) and char_length(sku) between 1 and 100),
  gtin             text           check (catalog.is_valid_gtin(gtin)),
  name             text           not null check (char_length(btrim(name)) >= 1 and char_length(name) <= 300),
  description      text           not null default '' check (char_length(description) <= 20000),
  category         text           check (char_length(category) between 1 and 100),
  unit             text           not null default 'unit' check (char_length(unit) between 1 and 20),
  price            numeric(14, 4) not null default 0 check (price >= 0),
  cost             numeric(14, 4) check (cost >= 0),
  currency         char(3)        not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  minimum_purchase numeric(14, 3) not null default 1 check (minimum_purchase > 0),
  is_active        boolean        not null default true,
  deletion_status  text           not null default 'active'
                                  check (deletion_status in ('active', 'pending_delete', 'archived')),
  deleted_at       timestamptz,
  -- Raised by every change of the product's photos; `version` by every change of its own fields.
  images_revision  bigint         not null default 0,
  version          bigint         not null default 1,
  created_at       timestamptz    not null default now(),
  updated_at       timestamptz    not null default now(),
  -- Begins with a space, so that every word in it has one before it.
  search           text           generated always as (
                                    ' ' || catalog.normalize_search(name || ' ' || sku || ' ' || coalesce(gtin, ''))
                                  ) stored,
  constraint products_deletion_agrees check ((deletion_status = 'active') = (deleted_at is null))
);

create index products_by_age on catalog.products (created_at, id);
create index products_by_category on catalog.products (category, created_at, id);
create index products_by_supplier on catalog.products (supplier_id, created_at, id);
create index products_by_gtin on catalog.products (gtin) where gtin is not null;
create index products_deleted on catalog.products (deleted_at) where deletion_status = 'pending_delete';

alter table catalog.products enable row level security;

create policy products_read on catalog.products for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or supplier_id = (select platform.caller_supplier_id())
);

create policy products_insert on catalog.products for insert to bodega_user
with check (
  (select platform.caller_role()) in ('admin', 'warehouse') or supplier_id = (select platform.caller_supplier_id())
);

create policy products_update on catalog.products for update to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse') or supplier_id = (select platform.caller_supplier_id())
)
with check (
  (select platform.caller_role()) in ('admin', 'warehouse') or supplier_id = (select platform.caller_supplier_id())
);

create policy products_delete on catalog.products for delete to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse') or supplier_id = (select platform.caller_supplier_id())
);

grant select, delete on catalog.products to bodega_user;
grant insert (
  id, supplier_id, sku, gtin, name, description, category, unit, price, cost, currency, minimum_purchase, is_active
) on catalog.products to bodega_user;
grant update (
  supplier_id, sku, gtin, name, description, category, unit, price, cost, currency, minimum_purchase, is_active,
  deletion_status, deleted_at
) on catalog.products to bodega_user;

revoke execute on function catalog.is_valid_gtin(text), catalog.normalize_search(text), catalog.search_pattern(text)
from public;
grant execute on function
  catalog.is_valid_gtin(text), catalog.normalize_search(text), catalog.search_pattern(text)
to bodega_user;
