import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { ImageState } from "../schemas.ts";

/** What `catalog.start_thumbnail_job` says is to be done; the photo's facts are there unless it is `gone`. */
export interface StartedJob {
  readonly action: "generate" | "valid" | "skip" | "busy" | "gone";
  readonly attempts: number;
  readonly imageId: string;
  readonly productId: string;
  readonly sha256: string;
  readonly mimeType: string;
  readonly originalKey: string;
  readonly thumbnails: Readonly<Record<string, string>> | null;
}

export async function startThumbnailJob(
  db: Executor,
  start: {
    readonly imageId: string;
    readonly workerId: string;
    readonly traceId: string;
    readonly jobId: string;
    readonly force: boolean;
  },
): Promise<StartedJob> {
  const { rows } = await sql<StartedJob>`
    select action, attempts, ${start.imageId}::text as "imageId", product_id as "productId", sha256,
      mime_type as "mimeType", original_key as "originalKey", thumbnails
    from catalog.start_thumbnail_job(
      ${start.imageId}::uuid, ${start.workerId}, ${start.traceId}, ${start.jobId}::bigint, ${start.force}
    )
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("start_thumbnail_job answered nothing");
  return row;
}

export async function setMainThumbnails(
  db: Executor,
  made: {
    readonly imageId: string;
    readonly sha256: string;
    readonly signature: string;
    /** Variant → key in the store. */
    readonly thumbnails: Readonly<Record<string, string>>;
    /** Variant → address, for those who follow the events. */
    readonly addresses: Readonly<Record<string, string>>;
    readonly placeholder: string;
    readonly durationMs: number;
    readonly workerId: string;
  },
): Promise<"set" | "unchanged" | "superseded"> {
  const { rows } = await sql<{ readonly result: "set" | "unchanged" | "superseded" }>`
    select catalog.set_main_thumbnails(
      ${made.imageId}::uuid, ${made.sha256}, ${made.signature}, ${JSON.stringify(made.thumbnails)}::jsonb,
      ${made.placeholder}, ${made.durationMs}::integer, ${made.workerId}, ${JSON.stringify(made.addresses)}::jsonb
    ) as result
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("set_main_thumbnails answered nothing");
  return row.result;
}

export async function markThumbnailJobError(
  db: Executor,
  failure: {
    readonly imageId: string;
    readonly errorCode: string;
    readonly message: string;
    readonly isFinal: boolean;
    readonly jobId?: string;
    readonly durationMs?: number;
  },
): Promise<void> {
  await sql`
    select catalog.mark_thumbnail_job_error(
      ${failure.imageId}::uuid, ${failure.errorCode}, ${failure.message}, null, ${failure.isFinal},
      ${failure.jobId ?? null}::bigint, ${failure.durationMs ?? null}::integer
    )
  `.execute(db);
}

export async function markThumbnailJobSkipped(
  db: Executor,
  skip: { readonly imageId: string; readonly reason: string },
): Promise<void> {
  await sql`select catalog.mark_thumbnail_job_skipped(${skip.imageId}::uuid, ${skip.reason})`.execute(db);
}

/** Of work that may wait: after everything that a person waits for. */
export const backfillPriority = 100;

/** Throws no_data_found and insufficient_privilege, as SQL does. */
export async function requestThumbnailGeneration(
  db: Executor,
  imageId: string,
  options: { readonly force: boolean; readonly priority?: number },
): Promise<{ readonly state: ImageState; readonly attempts: number; readonly queued: boolean }> {
  const { rows } = await sql<{
    readonly answer: { readonly state: ImageState; readonly attempts: number; readonly queued: boolean };
  }>`
    select catalog.request_thumbnail_generation(
      ${imageId}::uuid, ${options.force}, ${options.priority ?? 0}::integer
    ) as answer
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("request_thumbnail_generation answered nothing");
  return row.answer;
}

/** Photos whose work is over, however it ended, since before `before`; by id from after `after`. */
export async function findSettledPhotos(
  db: Executor,
  page: { readonly before: Date; readonly after: string | null; readonly limit: number },
): Promise<readonly { readonly imageId: string }[]> {
  const { rows } = await sql<{ readonly imageId: string }>`
    select image.id as "imageId"
    from catalog.product_images as image
    where image.thumbnail_state in ('ready', 'partial', 'skipped', 'failed')
      and image.state_changed_at < ${page.before}::timestamptz
      and (${page.after}::uuid is null or image.id > ${page.after}::uuid)
    order by image.id
    limit ${page.limit}
  `.execute(db);
  return rows;
}

export async function countSettledPhotos(db: Executor, before: Date): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count
    from catalog.product_images
    where thumbnail_state in ('ready', 'partial', 'skipped', 'failed') and state_changed_at < ${before}::timestamptz
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Takes back thumbnails that the store has lost, and has them made again; false when there was nothing to take back. */
export async function repairThumbnails(
  db: Executor,
  lost: { readonly imageId: string; readonly missing: readonly string[]; readonly signature: string | null },
): Promise<boolean> {
  const { rows } = await sql<{ readonly isRepaired: boolean }>`
    select catalog.repair_thumbnails(
      ${lost.imageId}::uuid, ${lost.missing}::text[], ${lost.signature}
    ) as "isRepaired"
  `.execute(db);
  return rows[0]?.isRepaired ?? false;
}

export async function setRecipeVersion(db: Executor, version: string): Promise<void> {
  await sql`select catalog.set_recipe_version(${version})`.execute(db);
}

export interface ThumbnailDay {
  readonly day: string;
  readonly attempts: number;
  readonly success: number;
  readonly partial: number;
  readonly failed: number;
  readonly skipped: number;
  readonly missed: number;
  readonly timeToDesktopP50Ms: number | null;
  readonly timeToDesktopP95Ms: number | null;
}

/** Newest first; days of `timeZone`; those on which nothing happened are left out. */
export async function listThumbnailMetrics(
  db: Executor,
  days: number,
  timeZone: string,
): Promise<readonly ThumbnailDay[]> {
  const { rows } = await sql<ThumbnailDay>`
    select day::text as day, attempts, success, partial, failed, skipped, missed,
      time_to_desktop_p50_ms as "timeToDesktopP50Ms", time_to_desktop_p95_ms as "timeToDesktopP95Ms"
    from catalog.thumbnail_metrics(${days}::integer, ${timeZone})
  `.execute(db);
  return rows;
}

/** Sums up the days that are over; answers how many. */
export async function rollUpThumbnailMetrics(db: Executor, timeZone: string): Promise<number> {
  const { rows } = await sql<{ readonly days: number }>`
    select catalog.roll_up_thumbnail_metrics(${timeZone}) as days
  `.execute(db);
  return rows[0]?.days ?? 0;
}

/** Forgets what happened to photos longer than 90 days ago, a batch at a time; answers how many lines went. */
export async function pruneImageHistory(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly pruned: number }>`select catalog.prune_image_history() as pruned`.execute(db);
  return rows[0]?.pruned ?? 0;
}

/** Brings a batch of photos in line with `images.thumbnailsFor`; 0 when all are. */
export async function applyThumbnailsFor(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly applied: number }>`select catalog.apply_thumbnails_for() as applied`.execute(
    db,
  );
  return rows[0]?.applied ?? 0;
}
