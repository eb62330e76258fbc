-- The ledger: every change of what is on hand, for ever. Lots say which of it expires when.

-- Part of a level's stock; what no lot claims has none. Changed only under the lock of its level.
create table inventory.lots (
  id          uuid           primary key default platform.uuid_v7(),
  product_id  uuid           not null,
  location_id uuid           not null,
  code        text           not null default '' check (char_length(code) <= 100),
  expires_on  date,
  on_hand     numeric(14, 3) not null default 0 check (on_hand >= 0),
  received_at timestamptz    not null default clock_timestamp(),
  constraint lots_unique unique nulls not distinct (product_id, location_id, code, expires_on),
  foreign key (product_id, location_id) references inventory.stock_levels
);

create index lots_expiring on inventory.lots (expires_on, id) where on_hand > 0 and expires_on is not null;

alter table inventory.lots enable row level security;

create policy lots_read on inventory.lots for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (
    select from catalog.products
    where products.id = lots.product_id and products.supplier_id = (select platform.caller_supplier_id())
  )
);

grant select on inventory.lots to bodega_user;

-- `document_id` holds together what one act did (a transfer's two sides, the lots that a sale was taken from). `undoes`
-- points from a compensation to what it takes back; nothing is taken back twice.
create table inventory.movements (
  id             uuid           primary key default platform.uuid_v7(),
  document_id    uuid           not null,
  product_id     uuid           not null,
  location_id    uuid           not null,
  position       bigint         not null check (position > 0),
  type           text           not null,
  delta          numeric(14, 3) not null check (delta <> 0),
  balance_after  numeric(14, 3) not null check (balance_after >= 0),
  lot_id         uuid           references inventory.lots,
  reason         text           check (char_length(reason) <= 500),
  reference      text           check (char_length(reference) <= 200),
  reservation_id uuid,
  undoes         uuid           constraint movements_undone_once unique references inventory.movements,
  created_by     text           not null check (char_length(created_by) between 1 and 255),
  key            text           check (char_length(key) <= 255),
  created_at     timestamptz    not null default clock_timestamp(),
  constraint movements_position_unique unique (product_id, location_id, position),
  foreign key (product_id, location_id) references inventory.stock_levels,
  constraint movements_direction check (
    case type
      when 'entry' then delta > 0
      when 'receipt' then delta > 0
      when 'transfer_in' then delta > 0
      when 'exit' then delta < 0
      when 'sale' then delta < 0
      when 'transfer_out' then delta < 0
      when 'adjustment' then true
      else false
    end
  )
);

create index movements_by_document on inventory.movements (document_id);
create index movements_by_product on inventory.movements (product_id, id);
create index movements_by_location on inventory.movements (location_id, id);

alter table inventory.movements enable row level security;

create policy movements_read on inventory.movements for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (
    select from catalog.products
    where products.id = movements.product_id and products.supplier_id = (select platform.caller_supplier_id())
  )
);

grant select on inventory.movements to bodega_user;

-- One line of what a document wants to move. `frees` of the reserved goes with it; `to_location_id` makes it a transfer.
create type inventory.movement_line as (
  type           text,
  product_id     uuid,
  location_id    uuid,
  delta          numeric(14, 3),
  frees          numeric(14, 3),
  lot_id         uuid,
  lot_code       text,
  expires_on     date,
  to_location_id uuid,
  undoes         uuid
);

-- What the movements of one document have in common.
create type inventory.movement_document as (
  id             uuid,
  created_by     text,
  reason         text,
  reference      text,
  key            text,
  reservation_id uuid
);
