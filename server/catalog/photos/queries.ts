import { type RawBuilder, sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { ImageState } from "../schemas.ts";
import type { StoredOriginal } from "./original.ts";

/** A photo as the database knows it: keys of the object store where the API has addresses, times as ISO text. */
export interface ImageRow {
  readonly id: string;
  readonly productId: string;
  readonly position: number;
  readonly sha256: string;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  readonly originalKey: string;
  readonly alt: string;
  readonly focalX: number;
  readonly focalY: number;
  readonly placeholder: string | null;
  readonly thumbnails: Readonly<Record<string, string>> | null;
  readonly thumbnailKey: string | null;
  readonly thumbnailState: ImageState;
  readonly thumbnailSignature: string | null;
  readonly stateChangedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly job: JobRow | null;
}

export interface JobRow {
  readonly status: "queued" | "processing" | "success" | "error" | "skipped";
  readonly attempts: number;
  readonly errorCode: string | null;
  readonly lastError: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly durationMs: number | null;
  readonly traceId: string | null;
}

export interface HistoryRow {
  readonly at: string;
  readonly phase: string;
  readonly attempt: number | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly durationMs: number | null;
  readonly traceId: string | null;
}

/** One `ImageRow` as jsonb, of `image` (catalog.product_images) and `job` (catalog.thumbnail_jobs, left joined). */
export const imageJson: RawBuilder<ImageRow> = sql`jsonb_build_object(
  'id', image.id,
  'productId', image.product_id,
  'position', image.position,
  'sha256', image.sha256,
  'mimeType', image.mime_type,
  'width', image.width,
  'height', image.height,
  'sizeBytes', image.size_bytes,
  'originalKey', image.original_key,
  'alt', image.alt,
  'focalX', image.focal_x,
  'focalY', image.focal_y,
  'placeholder', image.placeholder,
  'thumbnails', image.thumbnails,
  'thumbnailKey', image.thumbnail_url,
  'thumbnailState', image.thumbnail_state,
  'thumbnailSignature', image.thumbnail_signature,
  'stateChangedAt', image.state_changed_at,
  'createdAt', image.created_at,
  'updatedAt', image.updated_at,
  'job', case when job.image_id is not null then jsonb_build_object(
    'status', job.status,
    'attempts', job.attempts,
    'errorCode', job.error_code,
    'lastError', job.last_error,
    'startedAt', job.started_at,
    'completedAt', job.completed_at,
    'durationMs', job.duration_ms,
    'traceId', job.trace_id
  ) end
)`;

export async function findImage(db: Executor, imageId: string): Promise<ImageRow | null> {
  const { rows } = await sql<{ readonly image: ImageRow }>`
    select ${imageJson} as image
    from catalog.product_images as image
    left join catalog.thumbnail_jobs as job on job.image_id = image.id
    where image.id = ${imageId}::uuid
  `.execute(db);
  return rows[0]?.image ?? null;
}

/** Those of `imageIds` that there are, in no order. */
export async function findImages(db: Executor, imageIds: readonly string[]): Promise<readonly ImageRow[]> {
  const { rows } = await sql<{ readonly image: ImageRow }>`
    select ${imageJson} as image
    from catalog.product_images as image
    left join catalog.thumbnail_jobs as job on job.image_id = image.id
    where image.id = any(${[...imageIds]}::uuid[])
  `.execute(db);
  return rows.map(({ image }) => image);
}

export async function listImages(db: Executor, productId: string): Promise<readonly ImageRow[]> {
  const { rows } = await sql<{ readonly image: ImageRow }>`
    select ${imageJson} as image
    from catalog.product_images as image
    left join catalog.thumbnail_jobs as job on job.image_id = image.id
    where image.product_id = ${productId}::uuid
    order by image.position
  `.execute(db);
  return rows.map(({ image }) => image);
}

/** What happened to a photo, oldest first; at most the last 200. */
export async function listImageHistory(db: Executor, imageId: string): Promise<readonly HistoryRow[]> {
  const { rows } = await sql<{ readonly entry: HistoryRow }>`
    select jsonb_build_object(
      'at', at, 'phase', event, 'attempt', attempt, 'reason', reason, 'message', message,
      'durationMs', duration_ms, 'traceId', trace_id
    ) as entry
    from (
      select * from catalog.image_history where image_id = ${imageId}::uuid order by id desc limit 200
    ) as latest
    order by id
  `.execute(db);
  return rows.map(({ entry }) => entry);
}

/** Which product a photo belongs to, as far as the caller may see it. */
export async function findProductOfImage(db: Executor, imageId: string): Promise<string | null> {
  const { rows } = await sql<{ readonly productId: string }>`
    select product_id as "productId" from catalog.product_images where id = ${imageId}::uuid
  `.execute(db);
  return rows[0]?.productId ?? null;
}

export async function insertImageWithOrder(
  db: Executor,
  productId: string,
  original: StoredOriginal,
  alt: string,
): Promise<void> {
  await sql`
    select catalog.insert_image_with_order(
      ${original.imageId}::uuid, ${productId}::uuid, ${original.sha256}, ${original.mimeType},
      ${original.width}::integer, ${original.height}::integer, ${original.sizeBytes}::bigint,
      ${original.originalKey}, ${alt}
    )
  `.execute(db);
}

/** In the order wanted: a photo to keep, or a new original. */
export type WantedImage = { readonly id: string } | (StoredOriginal & { readonly alt: string });

export async function replaceProductImages(
  db: Executor,
  productId: string,
  images: readonly WantedImage[],
): Promise<void> {
  await sql`
    select catalog.replace_product_images_preserve_thumbs(${productId}::uuid, ${JSON.stringify(images)}::jsonb)
  `.execute(db);
}

export async function reorderProductImages(db: Executor, productId: string, ids: readonly string[]): Promise<void> {
  await sql`select catalog.reorder_product_images(${productId}::uuid, ${ids}::uuid[])`.execute(db);
}

/** Only what `change` names; row security and the function check the caller. */
export async function describeImage(
  db: Executor,
  imageId: string,
  change: { readonly alt?: string; readonly focalX?: number; readonly focalY?: number },
): Promise<void> {
  await sql`
    select catalog.describe_image(
      ${imageId}::uuid, ${change.alt ?? null}::text, ${change.focalX ?? null}::real, ${change.focalY ?? null}::real
    )
  `.execute(db);
}

export async function deleteProductImage(db: Executor, imageId: string): Promise<void> {
  await sql`select catalog.delete_product_image(${imageId}::uuid)`.execute(db);
}
