-- Who may sign in to the embedded identity, and until when a token that was handed out is good.
--
-- `users`, `sessions`, `accounts`, `verifications` and `jwks` hold what better-auth keeps, under our names; role,
-- supplier and `disabled_at` are ours. Row security is on and nobody but the service role has a policy or a grant.

create table platform.users (
  id             uuid primary key default platform.uuid_v7(),
  email          text not null check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  name           text not null check (length(name) between 1 and 200),
  image          text,
  role           text not null check (role in ('admin', 'warehouse', 'sales', 'supplier')),
  supplier_id    uuid check ((supplier_id is not null) = (role = 'supplier')),
  disabled_at    timestamptz,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  constraint users_email_unique unique (email)
);

create table platform.sessions (
  id         uuid primary key default platform.uuid_v7(),
  user_id    uuid not null references platform.users on delete cascade,
  token      text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index sessions_user_id on platform.sessions (user_id);
create index sessions_expires_at on platform.sessions (expires_at);

-- One row a user with the provider `credential`: `password` is a scrypt hash with its salt.
create table platform.accounts (
  id                       uuid primary key default platform.uuid_v7(),
  user_id                  uuid not null references platform.users on delete cascade,
  provider_id              text not null,
  account_id               text not null,
  password                 text,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  created_at               timestamptz not null default now(),
  updated_at               timestamptz not null default now(),
  unique (provider_id, account_id)
);

create index accounts_user_id on platform.accounts (user_id);

create table platform.verifications (
  id         uuid primary key default platform.uuid_v7(),
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index verifications_identifier on platform.verifications (identifier);

-- The keys that sign tokens. `private_key` is encrypted with the secret of `BODEGA_AUTH_SECRET`, never in the clear.
create table platform.jwks (
  id          uuid primary key default platform.uuid_v7(),
  public_key  text not null,
  private_key text not null,
  alg         text,
  crv         text,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz
);

-- Revocation. A token of the embedded identity carries the epoch under which it was made; one of an outside issuer its
-- `iat`. No row: epoch 0, nothing revoked. `user_id` is a token's `sub`, so it has no foreign key.
create table platform.session_epochs (
  user_id        text primary key,
  epoch          bigint not null default 0 check (epoch >= 0),
  revoked_before timestamptz not null
);

alter table platform.users enable row level security;
alter table platform.sessions enable row level security;
alter table platform.accounts enable row level security;
alter table platform.verifications enable row level security;
alter table platform.jwks enable row level security;
alter table platform.session_epochs enable row level security;

create trigger touch_updated_at before update on platform.users
  for each row execute function platform.touch_updated_at();
