import { sql } from "kysely";
import type { Executor } from "../database/database.ts";

interface SlotClaim {
  readonly name: string;
  readonly holder: string;
  readonly leaseMs: number;
}

export async function takeSlot(db: Executor, claim: SlotClaim & { readonly places: number }): Promise<boolean> {
  const { rows } = await sql<{ readonly taken: boolean }>`
    select platform.take_slot(
      ${claim.name}, ${claim.places}::integer, ${claim.holder}::uuid, ${claim.leaseMs}::float8 * interval '1 millisecond'
    ) as taken
  `.execute(db);
  return rows[0]?.taken ?? false;
}

export async function renewSlot(db: Executor, { name, holder, leaseMs }: SlotClaim): Promise<void> {
  await sql`
    update platform.slots
    set expires_at = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
    where name = ${name} and holder = ${holder}::uuid
  `.execute(db);
}

export async function freeSlot(
  db: Executor,
  { name, holder }: { readonly name: string; readonly holder: string },
): Promise<void> {
  await sql`delete from platform.slots where name = ${name} and holder = ${holder}::uuid`.execute(db);
}
