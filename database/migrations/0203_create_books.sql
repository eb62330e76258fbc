-- Printed books: a PDF of a story as it was, made once for the same text, pictures and format.
--
--   queued ─► printing ─► done
--                │  ├───► queued …   (a fault of a moment: tried again)
--                └──┴───► failed     (with its reason)

create table stories.books (
  id             uuid        primary key default platform.uuid_v7(),
  story_id       uuid        not null references stories.stories on delete cascade,
  format         text        not null check (format in ('a4', 'square')),
  has_bleed      boolean     not null default false,
  has_crop_marks boolean     not null default false,
  -- Hex SHA-256 of all that goes into it.
  fingerprint    text        not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  state          text        not null default 'queued' check (state in ('queued', 'printing', 'done', 'failed')),
  -- 0 to 1.
  progress       real        not null default 0 check (progress between 0 and 1),
  notes          jsonb       not null default '[]'
                             check (jsonb_typeof(notes) = 'array' and octet_length(notes::text) <= 65536),
  page_count     integer     check (page_count > 0),
  object_key     text        collate "C" check (char_length(object_key) between 1 and 1024),
  size_bytes     bigint      check (size_bytes > 0),
  code           text        check (code ~ '^[A-Z][A-Z0-9_]{0,63}$'),
  message        text        check (char_length(message) <= 500),
  requested_by   text        check (char_length(requested_by) <= 255),
  requested_at   timestamptz not null default clock_timestamp(),
  started_at     timestamptz,
  finished_at    timestamptz,
  constraint books_fingerprint_unique unique (story_id, fingerprint),
  constraint books_state_agrees check (
    case state
      when 'done' then object_key is not null and page_count is not null and finished_at is not null
      when 'failed' then code is not null and finished_at is not null
      else finished_at is null
    end
  )
);

create index books_by_story on stories.books (story_id, requested_at desc, id desc);
create index books_by_object on stories.books (object_key) where object_key is not null;

alter table stories.books enable row level security;

create policy books_read on stories.books for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

grant select on stories.books to bodega_user;
