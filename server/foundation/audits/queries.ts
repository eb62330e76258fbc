import { sql } from "kysely";
import type { Executor } from "../database/database.ts";

/** Where the sweep saw its last; null: it begins anew. */
export async function readCheckpoint(db: Executor, audit: string): Promise<string | null> {
  const { rows } = await sql<{ readonly position: string | null }>`
    select position from platform.audit_checkpoints where audit = ${audit}
  `.execute(db);
  return rows[0]?.position ?? null;
}

/** `position` null ends a round. */
export async function writeCheckpoint(db: Executor, audit: string, position: string | null): Promise<void> {
  await sql`
    insert into platform.audit_checkpoints as checkpoint (audit, position)
    values (${audit}, ${position})
    on conflict (audit) do update set
      position = excluded.position,
      rounds = checkpoint.rounds + case when excluded.position is null then 1 else 0 end,
      updated_at = now()
  `.execute(db);
}
