import type pg from "pg";

/** States of main photos as in a shop that works: nearly all are ready, and one in a thousand needs somebody. */
const troubledEvery = 1_000;

/** Where the objects of a filled shelf's photo would lie; each of its variants is `<variant>.jpg` below it. */
export const folderSql = "'products/' || product.id || '/' || image.id || '/bench.1/run'";

/**
 * Adds products until there are `count`, each with a main photo whose thumbnails are said to be there. Past the
 * triggers, which would have the photos drawn; afterwards the planner knows what there is.
 */
export async function fillShelves(pool: pg.Pool, count: number): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("set session_replication_role = replica");
    await connection.query(
      `insert into catalog.products (sku, name, category, price, created_at)
       select 'bench-' || n, (array['Taza', 'Plato', 'Vaso', 'Jarra', 'Fuente'])[n % 5 + 1] || ' '
         || (array['roja', 'azul', 'verde', 'blanca', 'negra', 'gris', 'lila', 'ocre', 'rosa', 'beige'])[n % 10 + 1]
         || ' ' || n, 'Cocina ' || n % 20, n % 100, now() - interval '1 day' + n * interval '10 milliseconds'
       from generate_series((select count(*) from catalog.products) + 1, $1::bigint) as n`,
      [count],
    );
    await connection.query(
      `insert into catalog.product_images (
         product_id, position, sha256, mime_type, width, height, size_bytes, original_key, thumbnail_state
       )
       select product.id, 0, encode(sha256(product.sku::bytea), 'hex'), 'image/jpeg', 1600, 1200, 300000,
         'products/' || product.id || '/original.jpg',
         case when substr(product.sku, 7)::bigint % ${troubledEvery} = 0 then 'failed' else 'none' end
       from catalog.products as product
       where not exists (select from catalog.product_images as image where image.product_id = product.id)`,
    );
    await connection.query(
      `update catalog.product_images as image
       set thumbnail_state = 'ready', thumbnail_signature = 'bench.1', thumbnail_url = folder || '/desktop.jpg',
         thumbnails = (
           select jsonb_object_agg(variant, folder || '/' || variant || '.jpg')
           from unnest(catalog.thumbnail_variants()) as variant
         )
       from catalog.products as product, lateral (select ${folderSql} as folder) as place
       where product.id = image.product_id and image.thumbnail_state = 'none'`,
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
