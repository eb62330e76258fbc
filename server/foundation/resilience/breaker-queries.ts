import { sql } from "kysely";
import type { Executor } from "../database/database.ts";
import type { BreakerPolicy } from "./breakers.ts";

export const breakerStates = ["closed", "open", "half_open"] as const;
export type BreakerState = (typeof breakerStates)[number];

export interface BreakerRow {
  readonly name: string;
  readonly state: BreakerState;
  /** In a row. */
  readonly failures: number;
  /** How often it opened since it was last closed. */
  readonly trips: number;
  readonly openedAt: Date | null;
  readonly openUntil: Date | null;
  readonly probeUntil: Date | null;
  readonly lastFailure: string | null;
  readonly lastFailureAt: Date | null;
  readonly changedAt: Date;
  readonly resetBy: string | null;
  readonly resetAt: Date | null;
}

interface Call {
  readonly name: string;
  /** Of a bigint, as text. */
  readonly era: string;
  readonly holder: string;
}

const milliseconds = (count: number) => sql`${count}::float8 * interval '1 millisecond'`;

export async function enterBreaker(
  db: Executor,
  name: string,
  holder: string,
  probeLeaseMs: number,
): Promise<{ readonly pass: "closed" | "probe" | "open"; readonly era: string; readonly retryAt: Date | null }> {
  const { rows } = await sql<{ pass: "closed" | "probe" | "open"; era: string; retryAt: Date | null }>`
    select pass, era::text as era, retry_at as "retryAt"
    from platform.enter_breaker(${name}, ${holder}::uuid, ${milliseconds(probeLeaseMs)})
  `.execute(db);
  const answer = rows[0];
  if (answer === undefined) throw new Error("the breaker gave no answer");
  return answer;
}

export async function settleBreaker(
  db: Executor,
  end: Call & { readonly succeeded: boolean; readonly reason: string | null; readonly policy: BreakerPolicy },
): Promise<void> {
  const { policy } = end;
  await sql`
    select platform.settle_breaker(
      ${end.name}, ${end.era}::bigint, ${end.holder}::uuid, ${end.succeeded}, ${end.reason},
      ${policy.failuresMax}::integer, ${milliseconds(policy.windowMs)}, ${milliseconds(policy.openMs)},
      ${milliseconds(policy.openMsMax)}
    )
  `.execute(db);
}

export async function leaveBreaker(db: Executor, { name, era, holder }: Call): Promise<void> {
  await sql`select platform.leave_breaker(${name}, ${era}::bigint, ${holder}::uuid)`.execute(db);
}

export async function renewProbe(db: Executor, { name, holder }: Call, leaseMs: number): Promise<void> {
  await sql`select platform.renew_probe(${name}, ${holder}::uuid, ${milliseconds(leaseMs)})`.execute(db);
}

export async function resetBreaker(db: Executor, name: string, userId: string): Promise<boolean> {
  const { rows } = await sql<{ readonly found: boolean }>`
    select platform.reset_breaker(${name}, ${userId}) as found
  `.execute(db);
  return rows[0]?.found ?? false;
}

export async function selectBreakers(db: Executor): Promise<readonly BreakerRow[]> {
  const { rows } = await sql<BreakerRow>`
    select name, state, failures, trips, opened_at as "openedAt", open_until as "openUntil",
      probe_until as "probeUntil", last_failure as "lastFailure", last_failure_at as "lastFailureAt",
      changed_at as "changedAt", reset_by as "resetBy", reset_at as "resetAt"
    from platform.breakers
    order by name
  `.execute(db);
  return rows;
}
