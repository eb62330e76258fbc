import type pg from "pg";

/** States of main photos as in a shop that works: nearly all are ready, and one in a thousand needs somebody. */
const troubledEvery = 1_000;

/** Where the objects of a filled shelf's photo would lie; each of its variants is `<variant>.jpg` below it. */
export const folderSql = "'products/' || product.id || '/' || image.id || '/bench.1/run'";

/** A word that the nth product alone has in its name. */
const wordSql = "substr(md5(n::text), 1, 10)";

/**
 * Adds products until there are `count`, each with a main photo whose thumbnails are said to be there. Past the
 * triggers, which would have the photos drawn; afterwards the planner knows what there is.
 */
export async function fillShelves(pool: pg.Pool, count: number): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("set session_replication_role = replica");
    await connection.query(
      `insert into catalog.products (sku, name, category, price, created_at, has_photo)
       select 'bench-' || n, (array['Taza', 'Plato', 'Vaso', 'Jarra', 'Fuente'])[n % 5 + 1] || ' '
         || (array['roja', 'azul', 'verde', 'blanca', 'negra', 'gris', 'lila', 'ocre', 'rosa', 'beige'])[n % 10 + 1]
         || ' ' || ${wordSql}, 'Cocina ' || n % 20, n % 100, now() - interval '1 day' + n * interval '10 milliseconds',
         true
       from generate_series((select count(*) from catalog.products) + 1, $1::bigint) as n`,
      [count],
    );
    await connection.query(
      `insert into catalog.product_images (
         id, product_id, position, sha256, mime_type, width, height, size_bytes, original_key,
         thumbnail_state, thumbnail_signature, thumbnail_url, thumbnails
       )
       select image.id, product.id, 0, encode(sha256(sku::bytea), 'hex'), 'image/jpeg', 1600, 1200, 300000,
         'products/' || product.id || '/original.jpg',
         case when is_troubled then 'failed' else 'ready' end,
         case when not is_troubled then 'bench.1' end,
         case when not is_troubled then folder || '/desktop.jpg' end,
         case when not is_troubled then (
           select jsonb_object_agg(variant, folder || '/' || variant || '.jpg')
           from unnest(catalog.thumbnail_variants()) as variant
         ) end
       from (
         select id, sku, substr(sku, 7)::bigint % ${troubledEvery} = 0 as is_troubled, platform.uuid_v7() as image_id
         from catalog.products as product
         where not exists (select from catalog.product_images as image where image.product_id = product.id)
       ) as product,
         lateral (select product.image_id as id) as image,
         lateral (select ${folderSql} as folder) as place`,
    );
    await connection.query("set session_replication_role = default");
    await connection.query("vacuum analyze catalog.products");
    await connection.query("vacuum analyze catalog.product_images");
  } finally {
    connection.release(true);
  }
}

/** Nobody is asked to go slower. */
export async function liftLimits(pool: pg.Pool): Promise<void> {
  await pool.query(`
    insert into platform.app_settings (key, value, updated_by)
    values ('limits.requests', '{"burst": 1000000, "perSecond": 1000000}', 'bench')
  `);
}
