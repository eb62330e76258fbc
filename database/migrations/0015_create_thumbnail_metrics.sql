-- How well thumbnails come: every outcome is a row (appended, so that workers never wait for each other), summed up
-- per day when the day is over. No foreign keys: the figures outlive the photos.

create table catalog.thumbnail_outcomes (
  id                 bigint      generated always as identity primary key,
  at                 timestamptz not null default clock_timestamp(),
  image_id           uuid        not null,
  outcome            text        not null
                                 check (outcome in ('attempt', 'success', 'partial', 'failed', 'skipped', 'missed')),
  duration_ms        integer,
  -- From when the work was given out to when `desktop` could be shown; only where there was none before.
  time_to_desktop_ms integer
);

create index thumbnail_outcomes_by_time on catalog.thumbnail_outcomes (at);

create table catalog.thumbnail_metrics_daily (
  day                    date    primary key,
  attempts               integer not null,
  success                integer not null,
  partial                integer not null,
  failed                 integer not null,
  skipped                integer not null,
  missed                 integer not null,
  time_to_desktop_p50_ms integer,
  time_to_desktop_p95_ms integer
);

alter table catalog.thumbnail_outcomes enable row level security;
alter table catalog.thumbnail_metrics_daily enable row level security;
