import { sql } from "kysely";
import type { Executor } from "../database/database.ts";

/** All in whole microseconds, so that nothing is lost in rounding. */
export interface RateLimitRequest {
  readonly name: string;
  readonly keyHash: Buffer;
  /** The cost times the time in which the limit gives back one unit. */
  readonly costUs: number;
  /** The burst times the same. */
  readonly burstUs: number;
}

export interface RateLimitDecision {
  readonly allowed: boolean;
  /** When the limit will be unused again, and when this was decided; by the database's clock, since 1970. */
  readonly tatUs: number;
  readonly nowUs: number;
}

/**
 * GCRA (ITU-T I.371, virtual scheduling) in one statement: the row's lock puts requests of all processes in a line, and
 * each sees what the one before it left. `excluded.seen_us` was taken before any wait for the lock; being early only
 * ever makes the decision stricter.
 */
export async function takeRateLimit(db: Executor, request: RateLimitRequest): Promise<RateLimitDecision> {
  const { costUs, burstUs } = request;
  const { rows } = await sql<RateLimitDecision>`
    insert into platform.rate_limits as held (name, key_hash, tat_us, seen_us, allowed)
    select ${request.name}, ${request.keyHash}, now_us + ${costUs}::bigint, now_us, true
    from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now_us) as clock
    on conflict (name, key_hash) do update
    set
      tat_us = case
        when greatest(held.tat_us, excluded.seen_us) + ${costUs}::bigint <= excluded.seen_us + ${burstUs}::bigint
        then greatest(held.tat_us, excluded.seen_us) + ${costUs}::bigint
        else held.tat_us
      end,
      allowed =
        greatest(held.tat_us, excluded.seen_us) + ${costUs}::bigint <= excluded.seen_us + ${burstUs}::bigint,
      seen_us = excluded.seen_us
    returning allowed, tat_us::float8 as "tatUs", seen_us::float8 as "nowUs"
  `.execute(db);
  const decision = rows[0];
  if (decision === undefined) throw new Error("the rate limit gave no decision");
  return decision;
}

/** Forgets limits that are unused again, which changes no decision; how many went. */
export async function deleteUnusedRateLimits(db: Executor, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.rate_limits
    where ctid = any(array(
      select ctid
      from platform.rate_limits
      where tat_us < (extract(epoch from clock_timestamp()) * 1000000)::bigint
      limit ${limit}
    ))
      and tat_us < (extract(epoch from clock_timestamp()) * 1000000)::bigint
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}
