-- The demo shop: whether there is one, and which products it made, so that they can be told from the shop's own.

create table catalog.demo_shop (
  is_only    boolean     primary key default true check (is_only),
  -- `seeding`: products are being made; `declined`: there was a catalogue already, or none was wanted at the first
  -- start; `removed`: somebody took it away. The last two are final: it never comes back by itself.
  state      text        not null check (state in ('seeding', 'ready', 'declined', 'removed')),
  language   text        not null check (language in ('es', 'en')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table catalog.demo_products (
  slug       text        primary key,
  product_id uuid        not null unique references catalog.products on delete cascade,
  -- Whoever draws the photo holds it until then; null once it is there.
  held_until timestamptz not null default '-infinity',
  has_photo  boolean     not null default false
);

alter table catalog.demo_shop enable row level security;
alter table catalog.demo_products enable row level security;
