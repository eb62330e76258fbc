import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { ImageSize, ProviderName } from "../types.ts";
import type { Resolution } from "./image-request.ts";

const milliseconds = (count: number) => sql`${count}::float8 * interval '1 millisecond'`;

export interface Boarding {
  readonly ticket: "fly" | "wait" | "landed" | "failed" | "reused";
  readonly number: number;
  readonly attemptId: string | null;
  readonly failure: unknown;
}

export async function boardFlight(
  db: Executor,
  wish: {
    readonly key: string;
    readonly fingerprint: string;
    readonly holder: string;
    readonly leaseMs: number;
    readonly waitedFor: number | null;
  },
): Promise<Boarding> {
  const { rows } = await sql<Boarding>`
    select ticket, number, attempt_id as "attemptId", failure
    from stories.board_flight(
      ${wish.key}, ${wish.fingerprint}, ${wish.holder}::uuid, ${milliseconds(wish.leaseMs)}, ${wish.waitedFor}::integer
    )
  `.execute(db);
  const boarding = rows[0];
  if (boarding === undefined) throw new Error("nobody decided about the flight");
  return boarding;
}

/** False when the flight is another's by now. */
export async function renewFlight(db: Executor, key: string, holder: string, leaseMs: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update stories.image_flights
    set lease_until = clock_timestamp() + ${milliseconds(leaseMs)}
    where key = ${key} and holder = ${holder}::uuid
  `.execute(db);
  return numAffectedRows === 1n;
}

export async function landFlight(db: Executor, key: string, holder: string, attemptId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update stories.image_flights
    set state = 'landed', attempt_id = ${attemptId}::uuid, holder = null, lease_until = null,
      ended_at = clock_timestamp()
    where key = ${key} and holder = ${holder}::uuid
  `.execute(db);
  return numAffectedRows === 1n;
}

/** `failure` null: abandoned, for one of those who wait to take over. */
export async function endFlight(db: Executor, key: string, holder: string, failure: object | null): Promise<void> {
  await sql`
    update stories.image_flights
    set state = ${failure === null ? "abandoned" : "failed"},
      failure = ${failure === null ? null : JSON.stringify(failure)}::jsonb,
      holder = null, lease_until = null, ended_at = clock_timestamp()
    where key = ${key} and holder = ${holder}::uuid
  `.execute(db);
}

export interface NewAttempt {
  readonly id: string;
  readonly flightKey: string;
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly imageType: string;
  readonly provider: ProviderName;
  readonly model: string;
  readonly providerKey: string;
  readonly fallbackReason: string | null;
  readonly size: string;
  readonly askedRatio: string;
  readonly targetResolution: Resolution;
  readonly promptHmac: string;
  readonly referenceHash: string | null;
  readonly region: string | null;
  readonly requestedBy: string | null;
  readonly estimatedCostUsd: string;
  readonly traceId: string | null;
}

/** False: the budget of the month does not allow it, and nothing was written. */
export async function beginAttempt(
  db: Executor,
  attempt: NewAttempt,
  budgetUsd: number | null,
  timeZone: string,
): Promise<boolean> {
  const { rows } = await sql<{ readonly ordinal: number | null }>`
    select stories.begin_attempt(${JSON.stringify(attempt)}::jsonb, ${budgetUsd}::numeric, ${timeZone}) as ordinal
  `.execute(db);
  return (rows[0]?.ordinal ?? null) !== null;
}

export interface AttemptEnd {
  readonly id: string;
  readonly state: "succeeded" | "failed" | "refused" | "cancelled";
  readonly reason: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly latencyMs: number;
  /** Null: what was estimated. */
  readonly costUsd: string | null;
  readonly original: {
    readonly key: string;
    readonly mimeType: string;
    readonly resolution: Resolution;
    readonly hasC2pa: boolean;
  } | null;
}

/** Also when it was given up for lost meanwhile: what really came is the better truth. */
export async function endAttempt(db: Executor, end: AttemptEnd): Promise<void> {
  await sql`
    update stories.generation_attempts
    set state = ${end.state}, reason = ${end.reason}, http_status = ${end.httpStatus}::integer,
      provider_request_id = left(${end.requestId}, 200), ended_at = clock_timestamp(), latency_ms = ${end.latencyMs}::integer,
      cost_usd = coalesce(${end.costUsd}::numeric, estimated_cost_usd), is_cost_estimated = ${end.costUsd === null},
      original_key = ${end.original?.key ?? null}, original_mime_type = ${end.original?.mimeType ?? null},
      original_resolution = ${end.original?.resolution ?? null}, has_c2pa = ${end.original?.hasC2pa ?? null}::boolean
    where id = ${end.id}::uuid and state in ('started', 'lost')
  `.execute(db);
}

/** How many calls to this provider have an end that is known: the next one gets a key of its own. */
export async function countKnownEnds(db: Executor, flightKey: string, provider: ProviderName): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count
    from stories.generation_attempts
    where flight_key = ${flightKey} and provider = ${provider} and http_status is not null
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Whether another provider refused this wish, in whatever try of it. */
export async function wasRefusedByAnother(db: Executor, flightKey: string, provider: ProviderName): Promise<boolean> {
  const { rows } = await sql<{ readonly refused: boolean }>`
    select exists (
      select from stories.generation_attempts
      where flight_key = ${flightKey} and state = 'refused' and provider <> ${provider}
    ) as refused
  `.execute(db);
  return rows[0]?.refused ?? false;
}

export interface LandingRow {
  readonly attemptId: string;
  readonly provider: ProviderName;
  readonly model: string;
  readonly fallbackReason: string | null;
  readonly size: ImageSize;
  readonly askedRatio: string;
  readonly targetResolution: Resolution;
  readonly referenceHash: string | null;
  readonly promptHmac: string;
  readonly originalKey: string;
  readonly originalMimeType: string;
  readonly originalResolution: Resolution;
  readonly hasC2pa: boolean;
  readonly latencyMs: number;
  /** Of the whole flight. */
  readonly attempts: number;
  readonly costUsd: string;
}

export async function selectLanding(db: Executor, attemptId: string): Promise<LandingRow | null> {
  const { rows } = await sql<LandingRow>`
    select made.id as "attemptId", made.provider, made.model, made.fallback_reason as "fallbackReason",
      made.size, made.asked_ratio as "askedRatio", made.target_resolution as "targetResolution",
      made.reference_hash as "referenceHash", made.prompt_hmac as "promptHmac", made.original_key as "originalKey",
      made.original_mime_type as "originalMimeType", made.original_resolution as "originalResolution",
      made.has_c2pa as "hasC2pa", made.latency_ms as "latencyMs",
      (select count(*)::integer from stories.generation_attempts as each where each.flight_key = made.flight_key)
        as attempts,
      (select coalesce(sum(each.cost_usd), 0)::numeric(12, 6)::text
        from stories.generation_attempts as each where each.flight_key = made.flight_key) as "costUsd"
    from stories.generation_attempts as made
    where made.id = ${attemptId}::uuid and made.state = 'succeeded'
  `.execute(db);
  return rows[0] ?? null;
}

export async function readMonthSpending(db: Executor, timeZone: string): Promise<string> {
  const { rows } = await sql<{ readonly spent: string }>`
    select stories.month_spending(${timeZone})::numeric(14, 6)::text as spent
  `.execute(db);
  return rows[0]?.spent ?? "0";
}

export async function listStrandedFlights(db: Executor, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly key: string }>`
    select key from stories.find_stranded_flights(${limit}::integer) as key
  `.execute(db);
  return rows.map(({ key }) => key);
}

export async function countStrandedFlights(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from stories.find_stranded_flights(100000)
  `.execute(db);
  return rows[0]?.count ?? 0;
}

export async function groundFlight(db: Executor, key: string): Promise<boolean> {
  const { rows } = await sql<{ readonly grounded: boolean }>`
    select stories.ground_flight(${key}) as grounded
  `.execute(db);
  return rows[0]?.grounded ?? false;
}

/** Forgets up to `limit` flights that ended so long ago; their attempts stay. */
export async function pruneFlights(db: Executor, keptDays: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from stories.image_flights
    where key in (
      select key from stories.image_flights
      where ended_at < now() - ${keptDays}::integer * interval '1 day'
      limit ${limit}
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Open ones that nobody is at: no flight of theirs is under way, and no call takes that long. */
const orphanedAttempts = sql`
  attempt.state = 'started' and attempt.started_at < now() - interval '15 minutes'
  and not exists (
    select from stories.image_flights as flight where flight.key = attempt.flight_key and flight.state = 'flying'
  )
`;

export async function countOrphanedAttempts(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from stories.generation_attempts as attempt where ${orphanedAttempts}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Answers how many there were. */
export async function closeOrphanedAttempts(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select coalesce(sum(stories.close_lost_attempts(flight_key)), 0)::integer as count
    from (select distinct flight_key from stories.generation_attempts as attempt where ${orphanedAttempts}) as orphaned
  `.execute(db);
  return rows[0]?.count ?? 0;
}
