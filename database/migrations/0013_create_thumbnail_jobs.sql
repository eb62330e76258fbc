-- The work on a photo's thumbnails: one row a photo, closed on every exit of the task, and what happened to each photo.

create table catalog.thumbnail_jobs (
  image_id     uuid        primary key references catalog.product_images on delete cascade,
  status       text        not null default 'queued'
                           check (status in ('queued', 'processing', 'success', 'error', 'skipped')),
  -- Starts since the work was last given out anew (other bytes, promoted, repair, asked for).
  attempts     integer     not null default 0 check (attempts >= 0),
  last_error   text        check (char_length(last_error) <= 500),
  error_code   text        check (error_code ~ '^[A-Z][A-Z0-9_]{0,63}$'),
  queued_at    timestamptz not null default now(),
  started_at   timestamptz,
  completed_at timestamptz,
  duration_ms  integer     check (duration_ms >= 0),
  -- When the last error announced the next try.
  retry_at     timestamptz,
  worker_id    text,
  trace_id     text,
  -- Of the queue: the job that is (or was last) at work on it.
  job_id       bigint,
  updated_at   timestamptz not null default now(),
  constraint thumbnail_jobs_status_agrees check (
    case status
      when 'queued' then completed_at is null
      when 'processing' then started_at is not null and completed_at is null
      else completed_at is not null
    end
  )
)
with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create index thumbnail_jobs_processing on catalog.thumbnail_jobs (started_at) where status = 'processing';

create table catalog.image_history (
  id          bigint      generated always as identity primary key,
  image_id    uuid        not null references catalog.product_images on delete cascade,
  at          timestamptz not null default clock_timestamp(),
  -- A phase of the contracts, or a step between: queued, started, retry_scheduled, demoted, …
  event       text        not null check (event ~ '^[a-z][a-z_]{0,62}$'),
  attempt     integer,
  reason      text,
  message     text        check (char_length(message) <= 500),
  signature   text,
  duration_ms integer,
  worker_id   text,
  trace_id    text
);

create index image_history_by_image on catalog.image_history (image_id, id);

alter table catalog.thumbnail_jobs enable row level security;
alter table catalog.image_history enable row level security;

create policy thumbnail_jobs_read on catalog.thumbnail_jobs for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (select from catalog.product_images where product_images.id = thumbnail_jobs.image_id)
);

create policy image_history_read on catalog.image_history for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (select from catalog.product_images where product_images.id = image_history.image_id)
);

grant select on catalog.thumbnail_jobs, catalog.image_history to bodega_user;

-- What `catalog.start_thumbnail_job` answers: what to do, and with what.
create type catalog.thumbnail_assignment as (
  -- `generate` | `valid` | `skip` | `busy` | `gone`
  action              text,
  reason              text,
  attempts            integer,
  product_id          uuid,
  supplier_id         uuid,
  "position"          integer,
  sha256              text,
  mime_type           text,
  width               integer,
  height              integer,
  size_bytes          bigint,
  original_key        text,
  -- Of today's recipe; `thumbnail_signature` is what the photo has.
  expected_signature  text,
  thumbnail_signature text,
  thumbnails          jsonb
);
