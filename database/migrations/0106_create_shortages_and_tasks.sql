-- What people noticed is missing, and what people have to do.

--   open ─► ordered ─► resolved          open, ordered ─► dismissed
create table inventory.shortages (
  id          uuid           primary key default platform.uuid_v7(),
  product_id  uuid           references catalog.products on delete cascade,
  -- What customers ask for and the shop does not have in its catalogue.
  description text           not null default '' check (char_length(description) <= 300),
  location_id uuid           references inventory.locations,
  quantity    numeric(14, 3) check (quantity > 0),
  note        text           check (char_length(note) <= 500),
  state       text           not null default 'open' check (state in ('open', 'ordered', 'resolved', 'dismissed')),
  created_by  text           not null,
  created_at  timestamptz    not null default now(),
  updated_by  text           not null,
  updated_at  timestamptz    not null default now(),
  constraint shortages_name_something check (product_id is not null or btrim(description) <> '')
);

create index shortages_by_state on inventory.shortages (state, id);
create index shortages_by_product on inventory.shortages (product_id);

--   open ─► done | cancelled ─► open
create table inventory.tasks (
  id         uuid        primary key default platform.uuid_v7(),
  kind       text        not null check (kind ~ '^[a-z][a-z_]{0,40}$'),
  title      text        not null check (char_length(btrim(title)) >= 1 and char_length(title) <= 300),
  note       text        check (char_length(note) <= 2000),
  product_id uuid        references catalog.products on delete cascade,
  -- A user's id; null: whoever comes first.
  owner      text        check (char_length(owner) between 1 and 255),
  due_at     timestamptz,
  state      text        not null default 'open' check (state in ('open', 'done', 'cancelled')),
  -- What the shop itself found to do has one: at most one open task a cause.
  cause      text        check (char_length(cause) between 1 and 200),
  created_by text        not null,
  created_at timestamptz not null default now(),
  closed_by  text,
  closed_at  timestamptz,
  constraint tasks_closing_agrees check ((state = 'open') = (closed_at is null))
);

create unique index tasks_open_cause on inventory.tasks (cause) where state = 'open' and cause is not null;
create index tasks_by_state on inventory.tasks (state, id);
create index tasks_by_product on inventory.tasks (product_id);

alter table inventory.shortages enable row level security;
alter table inventory.tasks enable row level security;

create policy shortages_read on inventory.shortages for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy tasks_read on inventory.tasks for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

grant select on inventory.shortages, inventory.tasks to bodega_user;
