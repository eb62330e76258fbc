import type { AuditContext, AuditReport } from "../module.ts";
import { readCheckpoint, writeCheckpoint } from "./queries.ts";

export interface Slice {
  /** How many things were looked at, found wrong and put right. */
  readonly report: AuditReport;
  /** From where the next slice goes on; null at the end of everything. */
  readonly next: string | null;
}

/**
 * Goes over everything in slices: all of it when `full` (from the beginning, without touching the checkpoint), else up
 * to `slicesMax` slices from where the last run stopped, remembering how far it came after each. A round that reaches
 * the end begins anew the next time. Stops between slices when the signal is aborted; throws its reason.
 */
export async function sweep(
  audit: string,
  { foundation, signal, full }: AuditContext,
  slicesMax: number,
  look: (after: string | null) => Promise<Slice>,
): Promise<AuditReport> {
  const { db } = foundation.database;
  let position = full ? null : await readCheckpoint(db, audit);
  let total: AuditReport = { checked: 0, found: 0, repaired: 0 };
  for (let slices = 0; full || slices < slicesMax; slices += 1) {
    signal.throwIfAborted();
    const { report, next } = await look(position);
    total = addReports(total, report);
    position = next;
    if (!full) await writeCheckpoint(db, audit, next);
    if (next === null) break;
  }
  return total;
}

export function addReports(one: AuditReport, other: AuditReport): AuditReport {
  return {
    checked: one.checked + other.checked,
    found: one.found + other.found,
    repaired: one.repaired + other.repaired,
  };
}
