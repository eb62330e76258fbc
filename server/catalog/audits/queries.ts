import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";

/** Photos without thumbnails that nothing works on, older than two minutes; looked at, not touched. */
export async function countMissedMainThumbnails(db: Executor, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from catalog.find_missed_main_thumbnails(p_limit => ${limit}::integer)
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Enqueues them and counts each as missed; answers their ids. */
export async function requeueMissedMainThumbnails(db: Executor, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from catalog.requeue_missed_main_thumbnails(p_limit => ${limit}::integer) as id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Closes job rows whose worker has gone; answers the photos. */
export async function closeAbandonedThumbnailJobs(db: Executor, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from catalog.close_abandoned_thumbnail_jobs(p_limit => ${limit}::integer) as id
  `.execute(db);
  return rows.map(({ id }) => id);
}

export interface StaleThumbnails {
  readonly imageId: string;
  readonly productId: string;
}

/** Photos whose thumbnails are of another recipe or other bytes, by id from after `after`. */
export async function findStaleThumbnails(
  db: Executor,
  after: string | null,
  limit: number,
): Promise<readonly StaleThumbnails[]> {
  const { rows } = await sql<StaleThumbnails>`
    select image_id as "imageId", product_id as "productId"
    from catalog.find_stale_thumbnails(${after}::uuid, ${limit}::integer)
  `.execute(db);
  return rows;
}

export async function countStaleThumbnails(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from catalog.find_stale_thumbnails(null, 10000000)
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** The next products that have photos, by id from after `after`. */
export async function listProductsWithPhotos(
  db: Executor,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select product.id
    from catalog.products as product
    where (${after}::uuid is null or product.id > ${after}::uuid)
      and exists (select from catalog.product_images as image where image.product_id = product.id)
    order by product.id
    limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

export interface PhotoWithMissingObjects {
  readonly imageId: string;
  readonly productId: string;
  readonly signature: string | null;
  readonly originalKey: string;
  readonly isOriginalMissing: boolean;
  /** Variants whose object is not among those present. */
  readonly missing: readonly string[];
}

/**
 * Rows → store: photos of these products that refer to an object that is not among `presentKeys`, which are all the
 * objects that the store has of these products. Photos touched in the last minutes are left out: their objects may have
 * come after the store was listed.
 */
export async function findMissingObjects(
  db: Executor,
  productIds: readonly string[],
  presentKeys: readonly string[],
  quietSeconds: number,
): Promise<readonly PhotoWithMissingObjects[]> {
  const { rows } = await sql<PhotoWithMissingObjects>`
    with present as materialized (
      select unnest(${presentKeys}::text[]) as key
    )
    select image.id as "imageId", image.product_id as "productId", image.thumbnail_signature as signature,
      image.original_key as "originalKey",
      not exists (select from present where present.key = image.original_key) as "isOriginalMissing",
      coalesce(lost.variants, '{}') as missing
    from catalog.product_images as image
    left join lateral (
      select array_agg(thumbnail.key order by thumbnail.key) as variants
      from jsonb_each_text(image.thumbnails) as thumbnail
      where not exists (select from present where present.key = thumbnail.value)
    ) as lost on true
    where image.product_id = any(${productIds}::uuid[])
      and image.updated_at < now() - make_interval(secs => ${quietSeconds})
      and (
        lost.variants is not null
        or not exists (select from present where present.key = image.original_key)
      )
  `.execute(db);
  return rows;
}

export interface LostOriginal {
  /** Of the incident that tells of it. */
  readonly incidentKey: string;
  /** The photo, where there still is one. */
  readonly imageId: string | null;
  readonly originalKey: string | null;
}

/** Photos that an unresolved incident says have lost their original; those looked for longest ago first. */
export async function listLostOriginals(db: Executor, kind: string, limit: number): Promise<readonly LostOriginal[]> {
  const { rows } = await sql<LostOriginal>`
    select incident.key as "incidentKey", image.id as "imageId", image.original_key as "originalKey"
    from platform.incidents as incident
    left join catalog.product_images as image on image.id = (incident.evidence ->> 'imageId')::uuid
    where incident.kind = ${kind} and incident.state <> 'resolved'
    order by incident.last_seen_at
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Store → rows: of these keys, those that no photo refers to. A key that ends in `/` stands for all under it. */
export async function findUnreferencedKeys(db: Executor, keys: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly key: string }>`
    select object_key as key
    from catalog.is_object_key_referenced(${keys}::text[])
    where not is_referenced
  `.execute(db);
  return rows.map(({ key }) => key);
}

/**
 * As `findUnreferencedKeys`, without what is only waiting to be purged: thumbnails that were replaced a moment ago may be
 * old objects, and browsers still have their addresses until the grace time is over.
 */
export async function findOrphanKeys(db: Executor, keys: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly key: string }>`
    select object_key as key
    from catalog.is_object_key_referenced(${keys}::text[])
    where not is_referenced and not exists (
      select from graphile_worker.jobs
      where jobs.key = 'purge:' || regexp_replace(object_key, '[^/]*$', '')
        and jobs.run_at > now() and jobs.attempts < jobs.max_attempts
    )
  `.execute(db);
  return rows.map(({ key }) => key);
}
