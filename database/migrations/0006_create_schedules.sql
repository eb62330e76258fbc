-- Work that the clock starts, and the log of its runs.

-- One row per schedule that the code declares; pausing and asking for a run are an operator's.
create table platform.schedules (
  name         text        primary key check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  cron         text        not null,
  time_zone    text        not null,
  -- By the last process that looked; for people to read.
  next_at      timestamptz,
  paused_at    timestamptz,
  paused_by    text,
  -- A run wanted now; the first scheduler that sees it takes it.
  requested_at timestamptz,
  requested_by text,
  -- Ticks before this are nobody's: the schedule was new, changed or paused then.
  ticks_since  timestamptz not null default clock_timestamp(),
  check (paused_at is not null or paused_by is null),
  check (requested_at is not null or requested_by is null)
);

-- The primary key is what makes a tick happen once across all processes: whoever inserts it runs it.
--
--   running ─► done | failed          skipped (reason) at once
--      └─────► failed, PROCESS_DIED   ─► one more run, with cause `retry`
create table platform.schedule_runs (
  schedule     text        not null references platform.schedules (name),
  -- Of a `tick`, the time of the clock; of the others, when they began.
  scheduled_at timestamptz not null,
  cause        text        not null check (cause in ('tick', 'manual', 'retry')),
  -- The run that this one repeats.
  retry_of     timestamptz,
  status       text        not null check (status in ('running', 'done', 'failed', 'skipped')),
  reason       text        check (reason in ('overlap', 'missed')),
  -- In `platform.workers` while it lives.
  worker_id    uuid        not null,
  started_at   timestamptz not null default clock_timestamp(),
  finished_at  timestamptz,
  report       jsonb,
  error        text        check (length(error) <= 500),
  trace_id     text,
  primary key (schedule, scheduled_at),
  check ((status = 'running') = (finished_at is null)),
  check ((status = 'skipped') = (reason is not null)),
  check ((status = 'failed') = (error is not null)),
  check ((cause = 'retry') = (retry_of is not null))
);

create unique index schedule_runs_retried_once on platform.schedule_runs (schedule, retry_of) where retry_of is not null;
-- At most one run of a schedule at a time.
create unique index schedule_runs_running on platform.schedule_runs (schedule) where status = 'running';
create index schedule_runs_by_age on platform.schedule_runs (started_at);

alter table platform.schedules enable row level security;
alter table platform.schedule_runs enable row level security;
