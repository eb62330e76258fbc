import { setTimeout as delay } from "node:timers/promises";
import type { Executor } from "../../foundation/database/database.ts";
import { isRunActive } from "./queries.ts";

/** How soon a worker notices that a person has stopped its run. */
const lookEveryMs = 1_000;

/**
 * Does `work` with a signal that is aborted as soon as the run is over, so that nothing more is paid for it; throws what
 * `over` makes then. A database that cannot be asked for a moment changes nothing.
 */
export async function whileRunGoesOn<T>(
  db: Executor,
  runId: string,
  signal: AbortSignal,
  over: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stopped = new AbortController();
  const ended = new AbortController();
  const watching = watch(db, runId, AbortSignal.any([signal, ended.signal])).then((isOver) => {
    if (isOver) stopped.abort(over());
  });
  try {
    return await work(AbortSignal.any([signal, stopped.signal]));
  } catch (error) {
    throw stopped.signal.aborted ? stopped.signal.reason : error;
  } finally {
    ended.abort();
    await watching;
  }
}

/** True when the run is over; false when the watching was ended before. */
async function watch(db: Executor, runId: string, until: AbortSignal): Promise<boolean> {
  while (!until.aborted) {
    try {
      await delay(lookEveryMs, undefined, { signal: until });
      if (!(await isRunActive(db, runId))) return true;
    } catch {
      // Either the watching was ended, which the loop sees, or the database is away, which the work itself will tell of.
    }
  }
  return false;
}
