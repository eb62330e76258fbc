-- How far each caller has used up each limit (GCRA). Unlogged: after a crash everybody starts anew, which is harmless,
-- and a request costs no write-ahead log.

create unlogged table platform.rate_limits (
  name     text    not null,
  -- SHA-256 of the caller's key: of one length, and no addresses lie about.
  key_hash bytea   not null check (octet_length(key_hash) = 32),
  -- Theoretical arrival time, in microseconds since 1970: when the limit will be unused again.
  tat_us   bigint  not null,
  -- Of the last request: when it was decided, and how.
  seen_us  bigint  not null,
  allowed  boolean not null,
  primary key (name, key_hash)
)
with (fillfactor = 50);

alter table platform.rate_limits enable row level security;
