-- What goes wrong and what is measured in browsers, as their batches tell it: one row for each kind of error and release,
-- one for each metric, page and hour, so that neither grows with the traffic. Nothing in them says who it was.

create table operations.client_errors (
  -- SHA-256 of name, message, code, page and release.
  fingerprint     text        primary key check (fingerprint ~ '^[0-9a-f]{64}$'),
  name            text        not null check (length(name) <= 80),
  message         text        not null check (length(message) <= 500),
  stack           text        check (length(stack) <= 4000),
  page            text        not null check (length(page) <= 200),
  code            text        check (length(code) <= 80),
  release         text        check (length(release) <= 80),
  count           bigint      not null check (count >= 1),
  -- Of the last one: the log of the server knows it.
  last_request_id text        check (length(last_request_id) <= 128),
  -- In milliseconds, as cursors have them.
  first_seen_at   timestamptz(3) not null default now(),
  last_seen_at    timestamptz(3) not null default now()
);

create index client_errors_by_last_seen on operations.client_errors (last_seen_at desc, fingerprint desc);

create table operations.client_metrics (
  hour  timestamptz      not null,
  name  text             not null check (length(name) <= 80),
  page  text             not null check (length(page) <= 200),
  count bigint           not null check (count >= 1),
  total double precision not null,
  least double precision not null,
  most  double precision not null,
  primary key (hour, name, page)
);

alter table operations.client_errors enable row level security;
alter table operations.client_metrics enable row level security;
