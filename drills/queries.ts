import { sql } from "kysely";
import type { Executor } from "../server/foundation/database/database.ts";

/** A photo as the database has it, with its job. */
export interface PhotoRow {
  readonly id: string;
  readonly productId: string;
  readonly position: number;
  readonly sha256: string;
  readonly originalKey: string;
  readonly state: string;
  readonly thumbnails: Readonly<Record<string, string>> | null;
  readonly thumbnailKey: string | null;
  readonly signature: string | null;
  readonly jobStatus: string | null;
  readonly errorCode: string | null;
  readonly attempts: number | null;
}

export async function listPhotos(db: Executor): Promise<readonly PhotoRow[]> {
  const { rows } = await sql<PhotoRow>`
    select image.id, image.product_id as "productId", image.position, image.sha256,
      image.original_key as "originalKey", image.thumbnail_state as state, image.thumbnails,
      image.thumbnail_url as "thumbnailKey", image.thumbnail_signature as signature,
      job.status as "jobStatus", job.error_code as "errorCode", job.attempts
    from catalog.product_images as image
    left join catalog.thumbnail_jobs as job on job.image_id = image.id
    order by image.product_id, image.position
  `.execute(db);
  return rows;
}

/** What is still to come: photos on their way, job rows that are open, jobs of the queue that are due soon. */
export async function countOpenWork(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly open: number }>`
    select (
      (select count(*) from catalog.product_images
        where thumbnail_state in ('uploaded', 'generating', 'retry_scheduled', 'partial'))
      + (select count(*) from catalog.thumbnail_jobs where status in ('queued', 'processing'))
      + (select count(*) from graphile_worker.jobs where attempts < max_attempts or locked_at is not null)
      + (select count(*) from platform.job_troubles where dead_at is not null and handled_at is null)
    )::integer as open
  `.execute(db);
  return rows[0]?.open ?? 0;
}

/** How many of these photos are in this state. */
export async function countInState(db: Executor, ids: readonly string[], state: string): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from catalog.product_images
    where id = any(${ids}::uuid[]) and thumbnail_state = ${state}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Photos that a worker process was at when it was last heard of. */
export async function listPhotosInHandsOf(db: Executor, workerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select image_id as id from catalog.thumbnail_jobs
    where status = 'processing' and worker_id = any(${workerIds}::text[])
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The workers that a process is registered as. */
export async function listWorkersOf(db: Executor, pid: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select id::text as id from platform.workers where pid = ${pid} and kind = 'jobs'
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The process that is at a photo now. */
export async function findWorkerProcessOf(db: Executor, imageId: string): Promise<number | null> {
  const { rows } = await sql<{ readonly pid: number }>`
    select worker.pid
    from catalog.thumbnail_jobs as job
    join platform.workers as worker on worker.id::text = job.worker_id
    where job.image_id = ${imageId}::uuid and job.status = 'processing'
  `.execute(db);
  return rows[0]?.pid ?? null;
}

export interface PhaseCount {
  readonly imageId: string;
  readonly phase: string;
  readonly count: number;
}

/** How often each phase of each photo was told. */
export async function countPhotoEvents(db: Executor): Promise<readonly PhaseCount[]> {
  const { rows } = await sql<PhaseCount>`
    select payload ->> 'imageId' as "imageId", payload ->> 'phase' as phase, count(*)::integer as count
    from platform.events
    where topic = 'product-images' and payload ? 'imageId'
    group by 1, 2
  `.execute(db);
  return rows;
}

export interface NumberedEvent {
  readonly id: string;
  readonly position: number | null;
}

/** Every event of the outbox, in the order of the positions. */
export async function listEvents(db: Executor): Promise<readonly NumberedEvent[]> {
  const { rows } = await sql<NumberedEvent>`
    select id, position::float8 as position from platform.events order by events.position
  `.execute(db);
  return rows;
}

/** Publishes as the product's own functions do, in the transaction of `tx`. */
export async function publishEvent(tx: Executor, payload: object): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select platform.publish_event('product-images', null, ${JSON.stringify(payload)}::jsonb) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

/** What an operator would set, before the first process starts to read it. */
export async function setSetting(db: Executor, key: string, value: unknown): Promise<void> {
  await sql`select platform.set_app_setting(${key}, ${JSON.stringify(value)}::jsonb, 'drill')`.execute(db);
}

export async function countProducts(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from catalog.products
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Of incidents that nobody has resolved, what each is about. */
export async function listOpenIncidents(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly key: string }>`
    select key from platform.incidents where state <> 'resolved' order by key
  `.execute(db);
  return rows.map(({ key }) => key);
}
