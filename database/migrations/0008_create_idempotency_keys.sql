-- Answers kept for the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header), per principal, method and
-- path. A row is written in the transaction whose effect it stands for, through `platform.store_idempotent_answer`.

create table platform.idempotency_keys (
  principal   text not null check (length(principal) between 1 and 255),
  method      text not null check (method in ('POST', 'PUT', 'PATCH', 'DELETE')),
  path        text not null check (length(path) <= 1000),
  key         text not null check (length(key) between 1 and 255),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  status      int not null check (status between 200 and 499),
  headers     jsonb not null default '{}' check (jsonb_typeof(headers) = 'object'),
  body        text check (octet_length(body) <= 1048576),
  created_at  timestamptz not null default now(),
  primary key (principal, method, path, key)
);

create index idempotency_keys_created_at on platform.idempotency_keys (created_at);

alter table platform.idempotency_keys enable row level security;
