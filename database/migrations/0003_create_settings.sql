-- Settings that change while the shop works: typed by their definitions in code, kept here, every change in a history.

create table platform.app_settings (
  key        text        primary key check (key ~ '^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$' and length(key) <= 100),
  value      jsonb       not null check (octet_length(value::text) <= 65536),
  updated_at timestamptz not null default now(),
  updated_by text        not null
);

-- What the code declares, synced when a process starts: which keys admins may see, and what holds without a value.
create table platform.app_setting_definitions (
  key         text        primary key,
  description text        not null,
  is_public   boolean     not null,
  fallback    jsonb       not null,
  updated_at  timestamptz not null default now()
);

-- Append-only. No foreign key: the history outlives the setting. Null `old_value`: it was not set; null `new_value`: it
-- was removed.
create table platform.app_setting_history (
  id         bigint      generated always as identity primary key,
  key        text        not null,
  old_value  jsonb,
  new_value  jsonb,
  changed_by text        not null,
  changed_at timestamptz not null default clock_timestamp()
);

create index app_setting_history_by_key on platform.app_setting_history (key, id desc);

alter table platform.app_settings enable row level security;
alter table platform.app_setting_definitions enable row level security;
alter table platform.app_setting_history enable row level security;

-- Runs with its owner's rights, since user requests may not read the tables; the barrier keeps a caller's functions
-- from seeing rows before the conditions have.
create view platform.app_settings_public with (security_barrier = true) as
select definition.key, coalesce(setting.value, definition.fallback) as value, definition.description, setting.updated_at
from platform.app_setting_definitions as definition
left join platform.app_settings as setting using (key)
where definition.is_public and platform.caller_role() = 'admin';

grant select on platform.app_settings_public to bodega_user;
