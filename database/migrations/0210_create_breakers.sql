-- What every process must agree on about a service outside: whether it is worth asking at all (breakers), and how many
-- ask it at once (slots). Both are rows, so that no process knows better than another.

-- A breaker keeps everybody from waiting for a service that is down.
--
--   closed ─► open ─► half_open ─► closed        (one caller probes; its success closes, its failure opens for longer)
--     ▲        ▲          │
--     │        └──────────┤                      (the probe failed, gave back, or its lease ran out)
--     └── reset by a person, from any state
create table platform.breakers (
  name            text        primary key check (name ~ '^[a-z][a-z0-9_.-]{0,62}$'),
  state           text        not null default 'closed' check (state in ('closed', 'open', 'half_open')),
  -- Raised by every change of state: what was seen in an earlier era decides nothing in this one.
  era             bigint      not null default 0,
  -- In a row, since the last success.
  failures        integer     not null default 0 check (failures >= 0),
  failing_since   timestamptz,
  -- How often it opened since it was last closed.
  trips           integer     not null default 0 check (trips >= 0),
  opened_at       timestamptz,
  open_until      timestamptz,
  probe_holder    uuid,
  probe_until     timestamptz,
  last_failure    text        check (length(last_failure) <= 200),
  last_failure_at timestamptz,
  changed_at      timestamptz not null default clock_timestamp(),
  reset_by        text,
  reset_at        timestamptz,
  constraint breakers_opening_agrees check ((state = 'closed') = (opened_at is null)),
  constraint breakers_pause_agrees check ((state = 'closed') = (open_until is null)),
  constraint breakers_probe_agrees check (
    (state = 'half_open') = (probe_holder is not null) and (probe_holder is null) = (probe_until is null)
  )
);

-- Who is at a service now. A place that is not renewed is free again: its process died.
create table platform.slots (
  name       text        not null,
  holder     uuid        not null,
  expires_at timestamptz not null,
  primary key (name, holder)
);

alter table platform.breakers enable row level security;
alter table platform.slots enable row level security;
