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

/** A clock that is so far behind what was seen was set back; waits for a lock are shorter (`query_timeout`). */
const clockSetBackUs = 60_000_000;

/**
 * GCRA (ITU-T I.371, virtual scheduling) in one statement: the row's lock puts requests of all processes in a line, and
 * each sees what the one before it left. `excluded.seen_us` was taken before the wait for the lock, so time is the later
 * of it and what the one before saw: it never runs backwards in the line, and is never ahead of the clock. When the
 * clock itself was set back, the caller starts anew instead of being locked out for as long.
 */
export async function takeRateLimit(db: Executor, request: RateLimitRequest): Promise<RateLimitDecision> {
  const { costUs, burstUs } = request;
  const { rows } = await sql<RateLimitDecision>`
    insert into platform.rate_limits as held (name, key_hash, tat_us, seen_us, allowed)
    select ${request.name}, ${request.keyHash}, now_us + ${costUs}::bigint, now_us, true
    from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now_us) as clock
    on conflict (name, key_hash) do update
    set (tat_us, seen_us, allowed) = (
      select case when fits then used_until_us + ${costUs}::bigint else used_until_us end, now_us, fits
      from (
        select now_us, used_until_us, used_until_us + ${costUs}::bigint <= now_us + ${burstUs}::bigint as fits
        from (
          select excluded.seen_us as now_us, excluded.seen_us as used_until_us
          where held.seen_us > excluded.seen_us + ${clockSetBackUs}::bigint
          union all
          select greatest(held.seen_us, excluded.seen_us), greatest(held.tat_us, held.seen_us, excluded.seen_us)
          where held.seen_us <= excluded.seen_us + ${clockSetBackUs}::bigint
        ) as present
      ) as decision
    )
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
