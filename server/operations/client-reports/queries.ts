import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";

export interface ClientErrorRow {
  readonly fingerprint: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  readonly page: string;
  readonly code: string | null;
  readonly release: string | null;
  readonly count: number;
  readonly lastRequestId: string | null;
}

export interface SeenClientErrorRow extends ClientErrorRow {
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

export interface ClientMetricRow {
  readonly name: string;
  readonly page: string;
  readonly count: number;
  readonly total: number;
  readonly least: number;
  readonly most: number;
}

/** Adds to what is known of each; `errors` has each fingerprint once. */
export async function recordClientErrors(tx: Executor, errors: readonly ClientErrorRow[]): Promise<void> {
  // Locked in one order, so that two batches never wait for each other.
  await sql`
    insert into operations.client_errors as known
      (fingerprint, name, message, stack, page, code, release, count, last_request_id)
    select fingerprint, name, message, stack, page, code, release, count, "lastRequestId"
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as reported (
      fingerprint text, name text, message text, stack text, page text, code text, release text, count bigint,
      "lastRequestId" text
    )
    order by fingerprint
    on conflict (fingerprint) do update set
      count = known.count + excluded.count,
      stack = coalesce(excluded.stack, known.stack),
      last_request_id = coalesce(excluded.last_request_id, known.last_request_id),
      last_seen_at = now()
  `.execute(tx);
}

/** Adds to the present hour; `metrics` has each name and page once. */
export async function recordClientMetrics(tx: Executor, metrics: readonly ClientMetricRow[]): Promise<void> {
  await sql`
    insert into operations.client_metrics as known (hour, name, page, count, total, least, most)
    select date_trunc('hour', now()), name, page, count, total, least, most
    from jsonb_to_recordset(${JSON.stringify(metrics)}::jsonb) as reported (
      name text, page text, count bigint, total double precision, least double precision, most double precision
    )
    order by name, page
    on conflict (hour, name, page) do update set
      count = known.count + excluded.count,
      total = known.total + excluded.total,
      least = least(known.least, excluded.least),
      most = greatest(known.most, excluded.most)
  `.execute(tx);
}

/** The latest first. */
export async function listClientErrors(
  db: Executor,
  page: { readonly before: readonly [lastSeenAt: string, fingerprint: string] | null; readonly limit: number },
): Promise<readonly SeenClientErrorRow[]> {
  const { rows } = await sql<SeenClientErrorRow>`
    select fingerprint, name, message, stack, page, code, release, count::float8 as count,
      last_request_id as "lastRequestId", first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
    from operations.client_errors
    where ${page.before === null}
      or (last_seen_at, fingerprint) < (${page.before?.[0] ?? null}::timestamptz, ${page.before?.[1] ?? null})
    order by last_seen_at desc, fingerprint desc
    limit ${page.limit}
  `.execute(db);
  return rows;
}

/** Answers how many rows went. */
export async function deleteOldClientErrors(db: Executor, keptDays: number, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from operations.client_errors
    where fingerprint in (
      select fingerprint
      from operations.client_errors
      where last_seen_at < now() - make_interval(days => ${keptDays})
      limit ${limit}
    )
  `.execute(db);
  return Number(numAffectedRows);
}

/** Answers how many rows went. */
export async function deleteOldClientMetrics(db: Executor, keptDays: number, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from operations.client_metrics
    where (hour, name, page) in (
      select hour, name, page
      from operations.client_metrics
      where hour < now() - make_interval(days => ${keptDays})
      limit ${limit}
    )
  `.execute(db);
  return Number(numAffectedRows);
}
