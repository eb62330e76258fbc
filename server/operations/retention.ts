import { deleteExpiredSessions } from "../foundation/auth/queries.ts";
import { expireEvents, retentionMs } from "../foundation/events/expiry.ts";
import { deleteExpiredIdempotentAnswers } from "../foundation/http/queries.ts";
import type { Schedule } from "../foundation/module.ts";
import { deleteUnusedRateLimits } from "../foundation/resilience/queries.ts";
import { Schedules } from "../foundation/schedules/schedules.ts";
import { deleteOldClientErrors, deleteOldClientMetrics } from "./client-reports/queries.ts";

const scheduleRunsKeptDays = 30;
const incidentsKeptDays = 365;
const clientReportsKeptDays = 90;
const batch = 1_000;

/** Forgets what nobody can ask for any more, so that no table grows without end. Modules forget their own. */
export const retention: Schedule = {
  name: "retention",
  cron: "10 3 * * *",
  timeLimitMs: 30 * 60_000,
  missedTicks: "latest",
  run: async ({ foundation, signal }) => {
    const { database, incidents } = foundation;
    const { db } = database;
    const forget = (deleteBatch: (limit: number) => Promise<number>) => untilLess(deleteBatch, signal);
    return {
      events: await expireEvents(database, new Date(Date.now() - retentionMs), signal),
      scheduleRuns: await new Schedules(foundation).deleteOldRuns(scheduleRunsKeptDays, signal),
      idempotencyKeys: await forget((limit) => deleteExpiredIdempotentAnswers(db, limit)),
      rateLimits: await forget((limit) => deleteUnusedRateLimits(db, limit)),
      sessions: await forget((limit) => deleteExpiredSessions(db, limit)),
      incidents: await forget((limit) => incidents.deleteOld(incidentsKeptDays, limit)),
      clientErrors: await forget((limit) => deleteOldClientErrors(db, clientReportsKeptDays, limit)),
      clientMetrics: await forget((limit) => deleteOldClientMetrics(db, clientReportsKeptDays, limit)),
    };
  },
};

/** Deletes batch after batch until one is not full; answers how many rows went. */
async function untilLess(deleteBatch: (limit: number) => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const deleted = await deleteBatch(batch);
    total += deleted;
    if (deleted < batch) return total;
  }
}
