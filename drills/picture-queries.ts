import { sql } from "kysely";
import type { Executor } from "../server/foundation/database/database.ts";

/** Whether the next caller may find out if the service is back. */
export async function isPauseOver(db: Executor, breaker: string): Promise<boolean> {
  const { rows } = await sql<{ readonly over: boolean }>`
    select state = 'open' and open_until <= clock_timestamp() as over from platform.breakers where name = ${breaker}
  `.execute(db);
  return rows[0]?.over ?? false;
}

export interface AttemptRow {
  readonly provider: string;
  readonly state: string;
  readonly reason: string | null;
  readonly costUsd: string | null;
  readonly latencyMs: number | null;
}

/** Every attempt there is, in the order in which they were begun. */
export async function listAttempts(db: Executor): Promise<readonly AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select provider, state, reason, cost_usd::text as "costUsd", latency_ms as "latencyMs"
    from stories.generation_attempts
    order by started_at, id
  `.execute(db);
  return rows;
}

/** Pictures in their places, of these stories. */
export async function countStoryImages(db: Executor, storyIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from stories.story_images where story_id = any(${storyIds}::uuid[])
  `.execute(db);
  return rows[0]?.count ?? 0;
}
