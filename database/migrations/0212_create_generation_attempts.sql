-- Every call to a picture provider: written before it is made, closed when its end is known. What a story cost is the sum
-- of these, so they outlive it, and none is ever deleted with it.

--   started ─► succeeded | failed | refused | cancelled
--      └─────► lost                     (its process died; nobody knows how it ended)
create table stories.generation_attempts (
  id                  uuid           primary key,
  flight_key          text           not null,
  -- Of this flight, from 1 on.
  ordinal             integer        not null check (ordinal >= 1),
  story_id            uuid           not null,
  chapter_id          text,
  image_type          text           not null,
  provider            text           not null check (provider in ('gemini', 'openai', 'sketch')),
  model               text           not null,
  -- What was sent as `Idempotency-Key`: the same again while nobody knows how the call before it ended.
  provider_key        text           not null,
  is_fallback         boolean        not null,
  fallback_reason     text,
  size                text           not null,
  -- What the provider was asked for, and what the picture is to have in the end.
  asked_ratio         text           not null,
  target_resolution   text           not null check (target_resolution ~ '^[0-9]+x[0-9]+$'),
  prompt_hmac         text           not null check (prompt_hmac ~ '^[0-9a-f]{64}$'),
  reference_hash      text           check (reference_hash ~ '^[0-9a-f]{64}$'),
  region              text,
  requested_by        text,
  state               text           not null default 'started'
    check (state in ('started', 'succeeded', 'failed', 'refused', 'cancelled', 'lost')),
  -- The row of the classification that decided, e.g. TIMEOUT, SAFETY, QUOTA.
  reason              text           check (length(reason) <= 100),
  http_status         integer        check (http_status between 100 and 599),
  provider_request_id text           check (length(provider_request_id) <= 200),
  estimated_cost_usd  numeric(12, 6) not null check (estimated_cost_usd >= 0),
  cost_usd            numeric(12, 6) check (cost_usd >= 0),
  -- The provider did not say what it charged, or whether it did.
  is_cost_estimated   boolean        not null default false,
  -- The provider's own bytes.
  original_key        text,
  original_mime_type  text,
  original_resolution text           check (original_resolution ~ '^[0-9]+x[0-9]+$'),
  has_c2pa            boolean,
  started_at          timestamptz    not null default clock_timestamp(),
  ended_at            timestamptz,
  latency_ms          integer        check (latency_ms >= 0),
  trace_id            text,
  constraint generation_attempts_fallback_agrees check (is_fallback = (fallback_reason is not null)),
  constraint generation_attempts_end_agrees check (
    (state = 'started') = (ended_at is null) and (ended_at is null) = (cost_usd is null)
  ),
  constraint generation_attempts_reason_agrees check ((state in ('started', 'succeeded')) = (reason is null)),
  constraint generation_attempts_picture_agrees check (
    (state = 'succeeded') = (original_key is not null)
    and (original_key is null) = (original_mime_type is null)
    and (original_key is null) = (original_resolution is null)
    and (original_key is null) = (has_c2pa is null)
  )
);

create index generation_attempts_by_flight on stories.generation_attempts (flight_key, ordinal);
create index generation_attempts_by_story on stories.generation_attempts (story_id, started_at);
create index generation_attempts_by_time on stories.generation_attempts (started_at);
create index generation_attempts_open on stories.generation_attempts (started_at) where state = 'started';

alter table stories.generation_attempts enable row level security;

create policy generation_attempts_read on stories.generation_attempts for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

grant select on stories.generation_attempts to bodega_user;
