-- Illustration runs: the making of a story's pictures, one run per story at a time.
--
--   queued ─► running ─► done        (every picture that was wanted is there)
--     │          ├─────► partial     (some could not be made; each says why)
--     │          ├─────► failed      (the character could not be made, or nothing could)
--     └──────────┴─────► cancelled   (by a person; what was made by then stays)
--
-- Each picture of a run:
--
--   waiting ─► queued ─► drawing ─► done
--      ▲          │         ├─────► failed     (with a code; the character is tried once more: back to waiting)
--      └──────────┴─────────┘                  (the reference was lost: the character is drawn again first)
--   kept       (it is there already and is not to be made anew)
--   cancelled  (the run ended before its turn)
--
-- Nothing else is drawn while the character is not settled; the others follow in order, `drawn_at_once` at a time.

create table stories.illustration_runs (
  id                  uuid        primary key default platform.uuid_v7(),
  story_id            uuid        not null references stories.stories on delete cascade,
  chapter_id          text        collate "C" check (chapter_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  state               text        not null default 'queued'
                                  check (state in ('queued', 'running', 'done', 'partial', 'failed', 'cancelled')),
  -- What was asked for.
  image_types         text[]      not null check (image_types <@ stories.image_types() and cardinality(image_types) > 0),
  force               boolean     not null default false,
  size                text        check (size ~ '^[0-9]{3,4}x[0-9]{3,4}$'),
  region              text        check (region ~ '^[A-Z]{2}$'),
  provider_override   text        check (provider_override in ('gemini', 'openai', 'sketch')),
  requested_by        text        check (char_length(requested_by) <= 255),
  -- The scenes as they were when it began, so that its pictures agree with one another whatever is written meanwhile.
  scenes              jsonb       check (stories.are_scenes(scenes)),
  drawn_at_once       integer     not null default 1 check (drawn_at_once between 1 and 16),
  character_cache_hit boolean     not null default false,
  -- How often the character's picture could not be read back; at two it goes on without.
  reference_losses    integer     not null default 0 check (reference_losses >= 0),
  consistency_lost    boolean     not null default false,
  code                text        check (code ~ '^[A-Z][A-Z0-9_]{0,63}$'),
  message             text        check (char_length(message) <= 500),
  trace_id            text,
  created_at          timestamptz not null default clock_timestamp(),
  started_at          timestamptz,
  finished_at         timestamptz,
  constraint illustration_runs_state_agrees check (
    case state
      when 'queued' then started_at is null and finished_at is null
      when 'running' then started_at is not null and finished_at is null and scenes is not null
      else finished_at is not null
    end
  )
);

create unique index illustration_runs_one_active on stories.illustration_runs (story_id)
where state in ('queued', 'running');
create index illustration_runs_by_story on stories.illustration_runs (story_id, created_at desc, id desc);
create index illustration_runs_by_end on stories.illustration_runs (finished_at);

create table stories.run_images (
  run_id      uuid        not null references stories.illustration_runs on delete cascade,
  image_type  text        not null check (image_type = any (stories.image_types())),
  state       text        not null default 'waiting'
                          check (state in ('waiting', 'queued', 'drawing', 'done', 'failed', 'kept', 'cancelled')),
  -- How often the drawing of it was begun and came to an end, good or bad.
  tries       integer     not null default 0 check (tries >= 0),
  -- Of the queue: the job that is (or was last) at work on it.
  job_id      bigint,
  provider    text        check (provider in ('gemini', 'openai', 'sketch')),
  duration_ms integer     check (duration_ms >= 0),
  code        text        check (code ~ '^[A-Z][A-Z0-9_]{0,63}$'),
  message     text        check (char_length(message) <= 500),
  started_at  timestamptz,
  finished_at timestamptz,
  primary key (run_id, image_type),
  constraint run_images_state_agrees check (
    (state in ('done', 'failed', 'kept', 'cancelled')) = (finished_at is not null)
    and (state <> 'failed' or code is not null)
  )
);

alter table stories.illustration_runs enable row level security;
alter table stories.run_images enable row level security;

create policy illustration_runs_read on stories.illustration_runs for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

create policy run_images_read on stories.run_images for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

grant select on stories.illustration_runs, stories.run_images to bodega_user;

-- What a worker is told when it takes a picture of a run in hand.
create type stories.drawing_assignment as (
  -- `draw` | `settled` (done, cancelled, or the run is over) | `busy` (another live job is at it) | `gone`
  action            text,
  story_id          uuid,
  chapter_id        text,
  prompt            text,
  character_text    text,
  size              text,
  region            text,
  provider_override text,
  requested_by      text,
  -- How many times it was begun before.
  tries             integer,
  reference_losses  integer,
  consistency_lost  boolean
);
