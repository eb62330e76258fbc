-- Purchase orders: what was asked of a supplier, and what came of it.
--
--   draft ─► sent ─► partly_received ─► received
--     └───────┴────────────┴─► cancelled          (what came before stays; what is missing is no longer expected)
--
-- A receipt that is undone takes its order back to `partly_received` or `sent`.

create table inventory.purchase_orders (
  id          uuid        primary key default platform.uuid_v7(),
  number      bigint      not null generated always as identity unique,
  supplier_id uuid,
  location_id uuid        not null references inventory.locations,
  status      text        not null default 'draft'
                          check (status in ('draft', 'sent', 'partly_received', 'received', 'cancelled')),
  expected_on date,
  note        text        check (char_length(note) <= 1000),
  created_by  text        not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  sent_at     timestamptz,
  closed_at   timestamptz,
  constraint purchase_orders_closing_agrees check ((status in ('received', 'cancelled')) = (closed_at is not null))
);

create index purchase_orders_by_status on inventory.purchase_orders (status, id);

create table inventory.purchase_order_lines (
  id         uuid           primary key default platform.uuid_v7(),
  order_id   uuid           not null references inventory.purchase_orders on delete cascade,
  product_id uuid           not null references catalog.products,
  quantity   numeric(14, 3) not null check (quantity > 0),
  received   numeric(14, 3) not null default 0,
  unit_cost  numeric(14, 4) check (unit_cost >= 0),
  constraint purchase_order_lines_product_once unique (order_id, product_id),
  constraint purchase_order_lines_not_over_received check (0 <= received and received <= quantity)
);

create index purchase_order_lines_by_product on inventory.purchase_order_lines (product_id);

-- A receipt's movements have its id as their document.
create table inventory.receipts (
  id         uuid        primary key,
  order_id   uuid        not null references inventory.purchase_orders,
  reference  text        check (char_length(reference) <= 200),
  created_by text        not null,
  created_at timestamptz not null default now(),
  undone_at  timestamptz
);

create index receipts_by_order on inventory.receipts (order_id);

create table inventory.receipt_lines (
  receipt_id    uuid           not null references inventory.receipts on delete cascade,
  ordinal       integer        not null,
  order_line_id uuid           not null references inventory.purchase_order_lines,
  quantity      numeric(14, 3) not null check (quantity > 0),
  lot           text,
  expires_on    date,
  primary key (receipt_id, ordinal)
);

alter table inventory.purchase_orders enable row level security;
alter table inventory.purchase_order_lines enable row level security;
alter table inventory.receipts enable row level security;
alter table inventory.receipt_lines enable row level security;

create policy purchase_orders_read on inventory.purchase_orders for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy purchase_order_lines_read on inventory.purchase_order_lines for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy receipts_read on inventory.receipts for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy receipt_lines_read on inventory.receipt_lines for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

grant select on
  inventory.purchase_orders, inventory.purchase_order_lines, inventory.receipts, inventory.receipt_lines
to bodega_user;

create trigger touch_updated_at before update on inventory.purchase_orders
  for each row execute function platform.touch_updated_at();
