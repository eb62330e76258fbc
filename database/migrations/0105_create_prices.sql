-- Prices: cost plus margin, rounded as the currency is, never below the category's minimum, with what they were.

-- In per cent of the cost. The category '' stands for every category without a row of its own.
create table inventory.margin_rules (
  category          text          primary key check (char_length(category) <= 100),
  minimum_percent   numeric(8, 3) not null default 0 check (minimum_percent > -100),
  suggested_percent numeric(8, 3) not null default 30,
  updated_by        text          not null,
  updated_at        timestamptz   not null default now(),
  constraint margin_rules_suggestion_is_allowed check (suggested_percent >= minimum_percent)
);

insert into inventory.margin_rules (category, updated_by) values ('', 'bodega');

-- Prices in this currency are multiples of `step`; a currency without a row is rounded to the nearest 0.01.
create table inventory.rounding_rules (
  currency   char(3)        primary key check (currency ~ '^[A-Z]{3}$'),
  step       numeric(14, 4) not null check (step > 0),
  mode       text           not null check (mode in ('nearest', 'up', 'down')),
  updated_by text           not null,
  updated_at timestamptz    not null default now()
);

create table inventory.price_changes (
  id             uuid           primary key default platform.uuid_v7(),
  product_id     uuid           not null references catalog.products on delete cascade,
  cost_before    numeric(14, 4),
  cost           numeric(14, 4) not null,
  price_before   numeric(14, 4) not null,
  price          numeric(14, 4) not null,
  currency       char(3)        not null,
  margin_percent numeric(12, 3) not null,
  created_by     text           not null,
  created_at     timestamptz    not null default clock_timestamp()
);

create index price_changes_by_product on inventory.price_changes (product_id, id);

alter table inventory.margin_rules enable row level security;
alter table inventory.rounding_rules enable row level security;
alter table inventory.price_changes enable row level security;

create policy margin_rules_read on inventory.margin_rules for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy rounding_rules_read on inventory.rounding_rules for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy price_changes_read on inventory.price_changes for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

grant select on inventory.margin_rules, inventory.rounding_rules, inventory.price_changes to bodega_user;
