-- Stock: how much of what lies where. `stock_levels` is what everyone waits for, so no amount in it is indexed: every
-- change of one is a heap-only update, pages have room for it, and vacuum comes early.

create schema inventory;
grant usage on schema inventory to bodega_user;

-- Where the shop's days begin and end, as `SHOP_TIMEZONE` says; one row.
create table inventory.shop_clock (
  is_only   boolean primary key default true check (is_only),
  time_zone text    not null default 'UTC'
);
insert into inventory.shop_clock default values;
alter table inventory.shop_clock enable row level security;

create table inventory.locations (
  id         uuid        primary key default platform.uuid_v7(),
  code       text        not null constraint locations_code_unique unique
                         check (code = btrim(code) and char_length(code) between 1 and 40),
  name       text        not null check (char_length(btrim(name)) >= 1 and char_length(name) <= 200),
  is_active  boolean     not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

alter table inventory.locations enable row level security;

create policy locations_read on inventory.locations for select to bodega_user
using ((select platform.caller_role()) is not null);

grant select on inventory.locations to bodega_user;

create trigger touch_updated_at before update on inventory.locations
  for each row execute function platform.touch_updated_at();

-- `on_hand` is the sum of the ledger's deltas, `reserved` the sum of the lines of active reservations, at every commit:
-- nobody but the functions that write both may write here. `position` counts the movements in the ledger, so that a
-- count can say from which state it was counted.
create table inventory.stock_levels (
  product_id    uuid           not null references catalog.products,
  location_id   uuid           not null references inventory.locations,
  on_hand       numeric(14, 3) not null default 0,
  reserved      numeric(14, 3) not null default 0,
  position      bigint         not null default 0 check (position >= 0),
  reorder_point numeric(14, 3) check (reorder_point >= 0),
  maximum       numeric(14, 3) check (maximum > 0),
  primary key (product_id, location_id),
  constraint stock_levels_reserved_is_on_hand check (0 <= reserved and reserved <= on_hand),
  constraint stock_levels_maximum_is_enough check (maximum >= reorder_point)
)
with (
  fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.1
);

create index stock_levels_by_location on inventory.stock_levels (location_id, product_id);
create index stock_levels_with_reorder_point on inventory.stock_levels (product_id, location_id)
where reorder_point is not null;

alter table inventory.stock_levels enable row level security;

create policy stock_levels_read on inventory.stock_levels for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (
    select from catalog.products
    where products.id = stock_levels.product_id and products.supplier_id = (select platform.caller_supplier_id())
  )
);

grant select on inventory.stock_levels to bodega_user;
