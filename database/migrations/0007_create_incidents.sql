-- What a person must know, opened once per key while its cause lasts.
--
--   open ─► acknowledged ─► resolved        (a person, or the code that found the cause gone)
--     └──────────────────────┘              (a key that fails again after that opens a new incident)

create table platform.incidents (
  id              uuid        primary key default platform.uuid_v7(),
  key             text        not null check (length(key) between 1 and 200),
  kind            text        not null check (kind ~ '^[a-z][a-z0-9_.-]{0,62}$'),
  severity        text        not null check (severity in ('info', 'warning', 'critical')),
  title           text        not null check (length(title) between 1 and 300),
  state           text        not null default 'open' check (state in ('open', 'acknowledged', 'resolved')),
  evidence        jsonb       not null default '{}'
    check (jsonb_typeof(evidence) = 'object' and octet_length(evidence::text) <= 16384),
  count           integer     not null default 1 check (count >= 1),
  trace_id        text,
  opened_at       timestamptz not null default clock_timestamp(),
  last_seen_at    timestamptz not null default clock_timestamp(),
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at     timestamptz,
  -- Null when the code found the cause gone.
  resolved_by     text,
  resolution      text        check (length(resolution) <= 1000),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check (state <> 'acknowledged' or acknowledged_at is not null),
  check ((state = 'resolved') = (resolved_at is not null)),
  check (state = 'resolved' or (resolved_by is null and resolution is null))
);

create unique index incidents_unresolved_key on platform.incidents (key) where state <> 'resolved';
create index incidents_by_state on platform.incidents (state, id desc);

alter table platform.incidents enable row level security;
