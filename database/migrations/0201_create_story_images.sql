-- The pictures of stories: one of each type, per chapter or of the whole story, with where it came from and what it
-- cost. Objects lie under `stories/<story>/[<chapter>/]<type>.<ext>`; a later picture of the same place, having other
-- bytes, under `<type>-<hash>.<ext>`, so that no key ever holds other bytes.

create table stories.story_images (
  id                    uuid           primary key default platform.uuid_v7(),
  story_id              uuid           not null references stories.stories on delete cascade,
  -- Null: of the whole story.
  chapter_id            text           collate "C" check (chapter_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  image_type            text           not null check (image_type = any (stories.image_types())),
  -- 1 for the first picture of its place; raised whenever another takes it.
  version               integer        not null default 1 check (version >= 1),
  object_key            text           collate "C" not null check (char_length(object_key) between 1 and 1024),
  -- By the bytes. Null, like the resolutions and the hash: a picture from before they were kept, which
  -- `bodega backfill stories` looks at.
  mime_type             text           check (mime_type in ('image/png', 'image/jpeg')),
  size_bytes            bigint         check (size_bytes > 0),
  image_hash            text           check (image_hash ~ '^[0-9a-f]{64}$'),
  -- The provider's own bytes, where they are not those of `object_key`.
  original_key          text           collate "C" check (char_length(original_key) between 1 and 1024),
  provider              text           not null check (provider in ('gemini', 'openai', 'sketch', 'upload')),
  model                 text           check (char_length(model) <= 200),
  fallback_used         boolean        not null default false,
  fallback_reason       text           check (char_length(fallback_reason) <= 500),
  original_resolution   text           check (original_resolution ~ '^[0-9]{1,5}x[0-9]{1,5}$'),
  final_resolution      text           check (final_resolution ~ '^[0-9]{1,5}x[0-9]{1,5}$'),
  resized_from          text           check (resized_from ~ '^[0-9]{1,5}x[0-9]{1,5}$'),
  resized_to            text           check (resized_to ~ '^[0-9]{1,5}x[0-9]{1,5}$'),
  aspect_ratio          text           check (char_length(aspect_ratio) <= 20),
  aspect_ratio_fallback text           check (char_length(aspect_ratio_fallback) <= 20),
  latency_ms            integer        check (latency_ms >= 0),
  attempts              integer        not null default 0 check (attempts >= 0),
  cost_usd              numeric(12, 6) not null default 0 check (cost_usd >= 0),
  consistency_lost      boolean        not null default false,
  story_region          text           check (story_region ~ '^[A-Z]{2}$'),
  policy_context        text           check (char_length(policy_context) <= 200),
  has_c2pa              boolean        not null default false,
  prompt_hmac           text           check (char_length(prompt_hmac) <= 128),
  -- Of the scene it was made from, to tell a picture whose text was changed since.
  prompt_digest         text           check (prompt_digest ~ '^[0-9a-f]{32}$'),
  -- Of the reference that was really sent.
  reference_hash        text           check (reference_hash ~ '^[0-9a-f]{64}$'),
  -- What the check without models found when it was compared with the character; never says who somebody is.
  palette_drift         jsonb          check (octet_length(palette_drift::text) <= 8192),
  run_id                uuid,
  created_by            text           check (char_length(created_by) <= 255),
  created_at            timestamptz    not null default now(),
  updated_at            timestamptz    not null default now(),
  constraint story_images_place_unique unique nulls not distinct (story_id, chapter_id, image_type),
  constraint story_images_resizing_agrees check ((resized_from is null) = (resized_to is null)),
  constraint story_images_fallback_agrees check (fallback_used or fallback_reason is null)
);

create index story_images_by_object on stories.story_images (object_key);
create index story_images_by_original on stories.story_images (original_key) where original_key is not null;
create index story_images_by_age on stories.story_images (updated_at);
create index story_images_unknown on stories.story_images (id) where mime_type is null or image_hash is null;

-- Whose bytes have the plain key of a place: those that came first. All others have their hash in theirs.
create table stories.picture_places (
  story_id   uuid not null references stories.stories on delete cascade,
  chapter_id text collate "C",
  image_type text not null,
  first_hash text not null check (first_hash ~ '^[0-9a-f]{64}$'),
  constraint picture_places_unique unique nulls not distinct (story_id, chapter_id, image_type)
);

-- Pictures that gave way to another, kept a while so that a person may compare and take one back.
create table stories.replaced_images (
  id           uuid        primary key default platform.uuid_v7(),
  story_id     uuid        not null references stories.stories on delete cascade,
  chapter_id   text        collate "C",
  image_type   text        not null,
  version      integer     not null,
  object_key   text        collate "C" not null,
  original_key text        collate "C",
  -- The row of `stories.story_images` as it was.
  picture      jsonb       not null check (jsonb_typeof(picture) = 'object'),
  replaced_at  timestamptz not null default now(),
  constraint replaced_images_version_unique unique nulls not distinct (story_id, chapter_id, image_type, version)
);

create index replaced_images_by_object on stories.replaced_images (object_key);
create index replaced_images_by_original on stories.replaced_images (original_key) where original_key is not null;
create index replaced_images_by_age on stories.replaced_images (replaced_at);

-- Photos that the policy kept out; nothing of the photo itself is kept.
create table stories.refused_uploads (
  id             bigint      generated always as identity primary key,
  story_id       uuid        not null references stories.stories on delete cascade,
  image_type     text        not null,
  policy_context text        not null check (policy_context in ('child_upload_restricted')),
  story_region   text        check (story_region ~ '^[A-Z]{2}$'),
  refused_by     text        check (char_length(refused_by) <= 255),
  refused_at     timestamptz not null default now()
);

create index refused_uploads_by_age on stories.refused_uploads (refused_at);

alter table stories.story_images enable row level security;
alter table stories.picture_places enable row level security;
alter table stories.replaced_images enable row level security;
alter table stories.refused_uploads enable row level security;

-- Nobody writes but through the functions.
create policy story_images_read on stories.story_images for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

create policy replaced_images_read on stories.replaced_images for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

grant select on stories.story_images, stories.replaced_images to bodega_user;
