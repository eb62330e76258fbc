import { sql } from "kysely";
import type { Executor } from "../database/database.ts";

/** What names one use of an idempotency key, and the request it stands for. */
export interface IdempotencyClaim {
  readonly principal: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  /** SHA-256 of what was asked, 64 hex digits. */
  readonly fingerprint: string;
}

export type IdempotentFinding =
  | { readonly state: "new" | "in_progress" | "reused" }
  | {
      readonly state: "answered";
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: string;
    };

/** Claims the key until the transaction ends; see `database/routines/platform/find_idempotent_answer.sql`. */
export async function findIdempotentAnswer(tx: Executor, claim: IdempotencyClaim): Promise<IdempotentFinding> {
  const { rows } = await sql<IdempotentFinding>`
    select state, status, headers, body
    from platform.find_idempotent_answer(
      ${claim.principal}, ${claim.method}, ${claim.path}, ${claim.key}, ${claim.fingerprint}
    )
  `.execute(tx);
  const finding = rows[0];
  if (finding === undefined) throw new Error("platform.find_idempotent_answer gave no row");
  return finding;
}

export async function storeIdempotentAnswer(
  tx: Executor,
  claim: IdempotencyClaim,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | null },
): Promise<void> {
  await sql`
    select platform.store_idempotent_answer(
      ${claim.principal}, ${claim.method}, ${claim.path}, ${claim.key}, ${claim.fingerprint},
      ${answer.status}, ${JSON.stringify(answer.headers)}::jsonb, ${answer.body}
    )
  `.execute(tx);
}

/** For retention: removes answers that nobody can ask for any more, `limit` at most; gives how many. */
export async function deleteExpiredIdempotentAnswers(tx: Executor, limit: number): Promise<number> {
  const result = await sql`
    delete from platform.idempotency_keys
    where ctid in (
      select ctid from platform.idempotency_keys
      where created_at <= now() - interval '7 days'
      limit ${limit}
      for update skip locked
    )
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** The shortest question there is: does PostgreSQL answer? */
export async function askDatabase(db: Executor): Promise<void> {
  await sql`select 1`.execute(db);
}
