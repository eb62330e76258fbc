-- Codes that people scan and that are neither a product's GTIN nor its SKU: the shop's own labels, a carton's code, the
-- item number that a scale prints. `quantity` is how much one scan stands for: 12 for a carton of twelve.
create table inventory.product_codes (
  code       text           primary key check (code = btrim(code) and char_length(code) between 1 and 100),
  product_id uuid           not null references catalog.products on delete cascade,
  quantity   numeric(14, 3) not null default 1 check (quantity > 0),
  created_by text           not null,
  created_at timestamptz    not null default now()
);

create index product_codes_by_product on inventory.product_codes (product_id);

alter table inventory.product_codes enable row level security;

create policy product_codes_read on inventory.product_codes for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (
    select from catalog.products
    where products.id = product_codes.product_id and products.supplier_id = (select platform.caller_supplier_id())
  )
);

grant select on inventory.product_codes to bodega_user;
