import type { Database } from "../database/database.ts";
import { deleteExpiredEvents, sequenceEvents } from "./queries.ts";

/** How long events are kept for readers who come back (contracts, *Events*). */
export const retentionMs = 7 * 24 * 60 * 60 * 1_000;

const batch = 1_000;

/**
 * Deletes the events from before `before`, a thousand at a time, until none is left or `signal` is aborted; answers how
 * many went. Readers who were behind them get EVENTS_EXPIRED from then on.
 */
export async function expireEvents(database: Database, before: Date, signal?: AbortSignal): Promise<number> {
  // Without any api process events pile up unnumbered, and only numbered ones can go.
  while (signal?.aborted !== true && (await sequenceEvents(database.db, batch)) === batch);
  let expired = 0;
  while (signal?.aborted !== true) {
    const count = await deleteExpiredEvents(database.db, before, batch);
    expired += count;
    if (count < batch) break;
  }
  return expired;
}
