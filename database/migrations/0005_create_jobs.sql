-- What the queue of graphile-worker lacks: who is alive to work on it, how often a kind of job may be tried, and which
-- jobs are in trouble.

-- Workers write theirs when they start; `platform.enqueue_job` reads it.
create table platform.task_kinds (
  name         text     primary key check (length(name) between 1 and 128),
  attempts_max smallint not null check (attempts_max >= 1)
);

-- Each process that runs jobs or schedules, while it lives. It holds the session advisory lock `lock_key` on a
-- connection of its own: when the lock is free, the process has gone (or has lost the database), and
-- `platform.sweep_workers` gives its work to the others.
create table platform.workers (
  id                 uuid        primary key default platform.uuid_v7(),
  kind               text        not null check (kind in ('jobs', 'schedules')),
  -- What graphile-worker writes to `locked_by` of the jobs that this worker took.
  pool_id            text        unique,
  lock_key           bigint      not null unique,
  host               text        not null,
  pid                integer     not null,
  started_at         timestamptz not null default clock_timestamp(),
  seen_at            timestamptz not null default clock_timestamp(),
  -- When a sweep first found the lock free; null again once the worker holds it again.
  lock_missing_since timestamptz,
  check ((kind = 'jobs') = (pool_id is not null))
);

-- A job that killed its worker or used up its tries. The row goes when its job goes, which also resolves the incident.
--
--   kills counted ─► dead (dead_at) ─► handled (handled_at: the task's `onDead` ran, the incident is open)
--         └──────────────┴──── retried: dead_at and handled_at null again
create table platform.job_troubles (
  job_id        bigint      primary key,
  task          text        not null,
  kills         smallint    not null default 0 check (kills >= 0),
  -- As it was before the job was put behind the others.
  priority      smallint    not null,
  dead_at       timestamptz,
  -- Until then one process is at it; later another may try.
  claimed_until timestamptz,
  handled_at    timestamptz,
  check (dead_at is not null or handled_at is null)
);

alter table platform.task_kinds enable row level security;
alter table platform.workers enable row level security;
alter table platform.job_troubles enable row level security;

-- The queue is empty one minute and holds thousands of rows the next: look at it often, or its plans are those of an
-- empty table (a bulk load drains half as fast then). Where the owner is another, it stays as it is.
do $$
begin
  alter table graphile_worker._private_jobs set (
    autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 250
  );
exception
  when insufficient_privilege then null;
end
$$;
