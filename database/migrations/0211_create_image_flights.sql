-- One wish for a picture is fulfilled by one process at a time, and paid once, whoever repeats it.

create schema if not exists stories;
grant usage on schema stories to bodega_user;

--   flying ─► landed                    (made: every repeat is answered with it)
--     │  ├──► failed ─► flying          (those who waited get the same failure; who asks anew flies anew)
--     │  └──► abandoned ─► flying       (its caller went away: one of those who wait takes over)
--     └─────► flying                    (its lease ran out with its process: another takes over)
create table stories.image_flights (
  -- The caller's idempotency key.
  key         text        primary key check (length(key) between 1 and 255),
  -- Of all that decides what the picture will be; another one under the same key is a mistake.
  fingerprint text        not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  state       text        not null default 'flying' check (state in ('flying', 'landed', 'failed', 'abandoned')),
  -- Counts how often it took off.
  number      integer     not null default 1 check (number >= 1),
  holder      uuid,
  lease_until timestamptz,
  -- The attempt that made the picture.
  attempt_id  uuid,
  failure     jsonb       check (jsonb_typeof(failure) = 'object' and octet_length(failure::text) <= 16384),
  began_at    timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  constraint image_flights_holder_agrees check ((state = 'flying') = (holder is not null)),
  constraint image_flights_lease_agrees check ((holder is null) = (lease_until is null)),
  constraint image_flights_landing_agrees check ((state = 'landed') = (attempt_id is not null)),
  constraint image_flights_failure_agrees check ((state = 'failed') = (failure is not null)),
  constraint image_flights_end_agrees check ((state = 'flying') = (ended_at is null))
);

create index image_flights_ended on stories.image_flights (ended_at) where ended_at is not null;

alter table stories.image_flights enable row level security;
