-- Photos of products, and the state of their thumbnails.
--
-- A photo that is to have thumbnails (the main one, at position 0; every one under the setting `images.thumbnailsFor` =
-- `all`) goes through these states; the others stay `none`:
--
--   uploaded ─► generating ─► ready
--                   │  ├────► partial ─► generating …      (`desktop` there, others missing)
--                   │  ├────► skipped                      (by policy)
--                   │  └────► retry_scheduled ─► generating …  ─► failed
--   ready ─► generating                                    (another signature, repair, new recipe)
--   any ─► uploaded (other bytes, promoted, objects lost)   any ─► none (demoted)
--
-- Objects of a photo lie under `products/<product>/<photo>/`: the original as `original-….<ext>`, thumbnails under
-- `<signature>/<variant>.jpg`. The columns keep keys of the object store.

-- The variants a photo needs to be `ready`. The server's table of variants is checked against this one by a test.
create function catalog.thumbnail_variants() returns text[]
language sql immutable parallel safe
return array['minithumb', 'mobile', 'tablet', 'desktop'];

create table catalog.product_images (
  id                  uuid        primary key default platform.uuid_v7(),
  product_id          uuid        not null references catalog.products on delete cascade,
  position            integer     not null check (position >= 0),
  sha256              text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  mime_type           text        not null check (mime_type ~ '^image/[a-z0-9.+-]{1,50}$'),
  width               integer     not null check (width > 0),
  height              integer     not null check (height > 0),
  size_bytes          bigint      not null check (size_bytes > 0),
  original_key        text        collate "C" not null check (char_length(original_key) between 1 and 1024),
  alt                 text        not null default '' check (char_length(alt) <= 1000),
  focal_x             real        not null default 0.5 check (focal_x between 0 and 1),
  focal_y             real        not null default 0.5 check (focal_y between 0 and 1),
  placeholder         text        check (char_length(placeholder) <= 200),
  thumbnails          jsonb,
  thumbnail_url       text        collate "C" check (char_length(thumbnail_url) between 1 and 2048),
  thumbnail_signature text        check (thumbnail_signature ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$'),
  thumbnail_state     text        not null default 'none',
  state_changed_at    timestamptz not null default now(),
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now(),
  constraint product_images_position_unique unique (product_id, position) deferrable initially immediate,
  constraint product_images_state_known check (
    thumbnail_state in (
      'none', 'uploaded', 'generating', 'ready', 'partial', 'skipped', 'retry_scheduled', 'failed'
    )
  ),
  constraint product_images_url_has_desktop check (
    thumbnail_url is null or (thumbnails is not null and jsonb_typeof(thumbnails) = 'object' and thumbnails ? 'desktop')
  ),
  constraint product_images_thumbnails_have_url check (
    thumbnails is null
    or (jsonb_typeof(thumbnails) = 'object' and thumbnails ? 'desktop' and thumbnail_url is not null)
  ),
  constraint product_images_state_agrees check (
    case thumbnail_state
      when 'ready' then
        thumbnail_url is not null and thumbnail_signature is not null
        and thumbnails ?& catalog.thumbnail_variants()
      when 'partial' then
        thumbnail_url is not null and thumbnail_signature is not null
        and not thumbnails ?& catalog.thumbnail_variants()
      when 'none' then thumbnails is null and thumbnail_url is null and thumbnail_signature is null
      when 'uploaded' then thumbnails is null and thumbnail_url is null and thumbnail_signature is null
      when 'skipped' then thumbnails is null and thumbnail_url is null and thumbnail_signature is null
      else (thumbnail_url is null) = (thumbnail_signature is null)
    end
  )
)
with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Products by the state of their main photo.
create index product_images_main_by_state on catalog.product_images (thumbnail_state, product_id) where position = 0;
-- What the sweep for missed photos looks at; empty when all is well.
create index product_images_unfinished on catalog.product_images (state_changed_at)
where thumbnail_state in ('uploaded', 'generating', 'retry_scheduled', 'partial')
  or (position = 0 and thumbnail_state = 'none');
-- Whose object is it? By key and by prefix (hence the collation).
create index product_images_by_original on catalog.product_images (original_key);
create index product_images_by_thumbnail on catalog.product_images (thumbnail_url) where thumbnail_url is not null;

alter table catalog.product_images enable row level security;

-- A seller sees the photos of the products that they see. Nobody writes but through the functions.
create policy product_images_read on catalog.product_images for select to bodega_user
using (
  (select platform.caller_role()) in ('admin', 'warehouse', 'sales')
  or exists (
    select from catalog.products
    where products.id = product_images.product_id and products.supplier_id = (select platform.caller_supplier_id())
  )
);

grant select on catalog.product_images to bodega_user;
revoke execute on function catalog.thumbnail_variants() from public;
grant execute on function catalog.thumbnail_variants() to bodega_user;
