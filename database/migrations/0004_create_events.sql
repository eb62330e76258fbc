-- The outbox. A writer adds its event in its own transaction; once committed, the sequencer numbers it (`position`), and
-- readers follow the positions. So a reader who has seen position N never meets a new event at N or before, however
-- late a transaction that began early commits.

create table platform.events (
  id          uuid        primary key default platform.uuid_v7(),
  -- In the order of the calls: ids made within one millisecond are in no order among themselves.
  ordinal     bigint      not null generated always as identity,
  topic       text        not null check (topic ~ '^[a-z][a-z0-9-]{0,62}$'),
  -- The seller who may see it besides the shop's own people.
  supplier_id uuid,
  payload     jsonb       not null check (jsonb_typeof(payload) = 'object' and octet_length(payload::text) <= 16384),
  trace_id    text        check (trace_id ~ '^[0-9a-f]{32}$'),
  created_at  timestamptz not null default clock_timestamp(),
  position    bigint
)
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

create unique index events_by_position on platform.events (position) where position is not null;
create index events_unsequenced on platform.events (ordinal) where position is null;

-- One row: how far the positions have come, without gaps, and where what is kept begins.
create table platform.event_stream (
  is_only       boolean primary key default true check (is_only),
  last_position bigint  not null default 0,
  first_kept    bigint  not null default 1 check (first_kept between 1 and last_position + 1)
);

insert into platform.event_stream default values;

alter table platform.events enable row level security;
alter table platform.event_stream enable row level security;
