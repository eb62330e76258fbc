-- The recipe of today's thumbnails, told by workers when they start: what it would draw is what a photo should have.

create table catalog.thumbnail_recipe (
  is_only    boolean     primary key default true check (is_only),
  version    text        not null check (version ~ '^[A-Za-z0-9_-]{1,50}$'),
  updated_at timestamptz not null default now()
);

insert into catalog.thumbnail_recipe (version) values ('1');

alter table catalog.thumbnail_recipe enable row level security;
