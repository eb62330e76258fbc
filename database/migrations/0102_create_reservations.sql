-- Reservations: stock that is promised and not yet sold.
--
--   active ─► confirmed        (in time: becomes `sale` movements)
--     ├─────► cancelled        (by a person, or superseded by a later hold under the same reference)
--     └─────► expired          (past `expires_at`: by the schedule, or by whoever needs the stock)
--
-- A row is written once and keeps, beside its state, all that its first answer said, so that the same key gets the same
-- answer for ever; `expires_at` may be extended, `first_expires_at` stays.

create table inventory.reservations (
  id               uuid        primary key default platform.uuid_v7(),
  created_by       text        not null check (char_length(created_by) between 1 and 255),
  key              text        not null check (char_length(key) between 1 and 255),
  -- SHA-256 of what was asked.
  fingerprint      bytea       not null check (octet_length(fingerprint) = 32),
  reference        text        check (char_length(reference) between 1 and 200),
  state            text        not null default 'active'
                               check (state in ('active', 'confirmed', 'cancelled', 'expired')),
  supersedes       uuid[],
  created_at       timestamptz not null,
  first_expires_at timestamptz not null,
  expires_at       timestamptz not null,
  closed_at        timestamptz,
  closed_by        text,
  close_reason     text        check (char_length(close_reason) <= 500),
  constraint reservations_key_unique unique (created_by, key),
  constraint reservations_closing_agrees check ((state = 'active') = (closed_at is null))
)
with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

create index reservations_active on inventory.reservations (expires_at) where state = 'active';
create index reservations_active_reference on inventory.reservations (created_by, reference)
where state = 'active' and reference is not null;

-- No foreign keys but that to its reservation: a line is written in the transaction that takes its quantity from its
-- stock level, and a key lock there would be one write more to the row that everyone waits for.
create table inventory.reservation_lines (
  reservation_id uuid           not null references inventory.reservations on delete cascade,
  product_id     uuid           not null,
  location_id    uuid           not null,
  quantity       numeric(14, 3) not null check (quantity > 0),
  primary key (reservation_id, product_id, location_id)
);

alter table inventory.reservations enable row level security;
alter table inventory.reservation_lines enable row level security;

create policy reservations_read on inventory.reservations for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

create policy reservation_lines_read on inventory.reservation_lines for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'warehouse', 'sales'));

grant select on inventory.reservations, inventory.reservation_lines to bodega_user;

-- What became of a request. `outcome`: `created`, `replayed` (the first answer again), and, of a batch alone,
-- `key_reused`, `refused` (then `short` names the lines), `deferred` (ask again: this one by itself, then the rest).
create type inventory.reservation_outcome as (
  outcome    text,
  id         uuid,
  created_at timestamptz,
  expires_at timestamptz,
  supersedes uuid[],
  short      jsonb
);

-- Answers of the other writes under an Idempotency-Key, written in the transaction whose effect they stand for and kept.
create table inventory.answers (
  principal   text        not null check (char_length(principal) between 1 and 255),
  scope       text        not null check (char_length(scope) between 1 and 200),
  key         text        not null check (char_length(key) between 1 and 255),
  fingerprint text        not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  answer      text        not null check (octet_length(answer) <= 1048576),
  created_at  timestamptz not null default now(),
  primary key (principal, scope, key)
);

alter table inventory.answers enable row level security;
