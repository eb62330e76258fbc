-- Counts: what people found on the shelf, against what the ledger said at the position that they counted from.

create table inventory.counts (
  id          uuid        primary key default platform.uuid_v7(),
  location_id uuid        not null references inventory.locations,
  note        text        check (char_length(note) <= 500),
  created_by  text        not null,
  created_at  timestamptz not null default now()
);

create table inventory.count_lines (
  count_id   uuid           not null references inventory.counts on delete cascade,
  product_id uuid           not null references catalog.products,
  expected   numeric(14, 3) not null,
  counted    numeric(14, 3) not null check (counted >= 0),
  variance   numeric(14, 3) not null generated always as (counted - expected) stored,
  -- The product's cost at that time, for the worth of the variance.
  unit_cost  numeric(14, 4),
  position   bigint         not null,
  primary key (count_id, product_id)
);

create index count_lines_by_product on inventory.count_lines (product_id);

alter table inventory.counts enable row level security;
alter table inventory.count_lines enable row level security;

create policy counts_read on inventory.counts for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy count_lines_read on inventory.count_lines for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

grant select on inventory.counts, inventory.count_lines to bodega_user;
