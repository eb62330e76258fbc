import { setTimeout as delay } from "node:timers/promises";
import type { Foundation } from "../foundation.ts";
import type { Task } from "../module.ts";
import { handleDeadJobs } from "./dead-jobs.ts";
import { failureFields } from "./failure-message.ts";
import { analyzeQueue, freeForeignJobs, isQueueAnalysisDue, settleJobTroubles, sweepWorkers } from "./queries.ts";
import type { WorkerRegistration } from "./worker-registration.ts";

/** When a worker is taken for dead. */
export interface LivenessLimits {
  readonly sweepIntervalMs: number;
  /** How long a worker's lock may be free before it is taken for dead. */
  readonly missingGraceMs: number;
  /** How long a worker that holds its lock may give no sign. */
  readonly frozenAfterMs: number;
  /** How long nobody is judged after the database, or our way to it, came back: the others need that, too. */
  readonly restartGraceMs: number;
  /** A job whose worker died so often while it ran is dead. */
  readonly killsMax: number;
}

/** A killed worker is found after 0.5 to 1 s: one sweep sees its lock free, the next one that it stays free. */
export const livenessDefaults: LivenessLimits = {
  sweepIntervalMs: 500,
  missingGraceMs: 400,
  frozenAfterMs: 30_000,
  restartGraceMs: 3_000,
  killsMax: 5,
};

const slowSweepIntervalMs = 10_000;
const foreignHeldMs = 60_000;

export interface Sweep {
  readonly foundation: Foundation;
  readonly limits: LivenessLimits;
  /** Our own; while it does not stand for long enough, we judge nobody. */
  readonly registration: () => WorkerRegistration | null;
}

/** Buries workers that are no more, if this process can tell. */
export async function buryDeadWorkers({ foundation, limits, registration }: Sweep): Promise<void> {
  // Whatever cut us off may have cut off everyone. A process that has only just come does not wait: the server's own
  // start is looked at by the sweep.
  const own = registration();
  if (own === null || !own.isCertain || (own.wasCutOff && own.connectedForMs < limits.restartGraceMs)) return;
  for (const { workerId, reason, jobIds } of await sweepWorkers(foundation.database.db, limits)) {
    foundation.log.warn({ workerId, reason, jobIds }, "a worker was no more; its jobs were given back");
  }
}

/**
 * What every worker process does beside its jobs, twice a second: frees the jobs of dead workers, deals with the end of
 * dead jobs, forgets what is settled; less often, keeps the planner's view of the queue fresh. Ends when `signal` is
 * aborted and the sweep under way is over.
 */
export async function sweepUntilStopped(
  sweep: Sweep & {
    readonly tasks: ReadonlyMap<string, Task>;
    readonly freeLostClaims: () => Promise<readonly string[]>;
  },
  signal: AbortSignal,
): Promise<void> {
  const { foundation, limits, tasks } = sweep;
  let slowSweepAt = 0;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await buryDeadWorkers(sweep);
      await settleJobTroubles(foundation.database.db);
      await handleDeadJobs(foundation, tasks);
      if (performance.now() >= slowSweepAt) {
        slowSweepAt = performance.now() + slowSweepIntervalMs;
        await sweepSlowly(foundation, sweep.freeLostClaims);
      }
      failures = 0;
    } catch (error) {
      failures += 1;
      // Once for an outage, not twice a second.
      if (failures === 1)
        foundation.log.warn(failureFields(error), "a sweep of the queue failed; the next one tries again");
    }
    await delay(limits.sweepIntervalMs, undefined, { signal }).catch(() => undefined);
  }
}

async function sweepSlowly(foundation: Foundation, freeLostClaims: () => Promise<readonly string[]>): Promise<void> {
  const { db } = foundation.database;
  const jobIds = [...(await freeForeignJobs(db, foreignHeldMs)), ...(await freeLostClaims())];
  if (jobIds.length > 0) foundation.log.warn({ jobIds }, "jobs were held and not run; they were given back");
  // The autovacuum looks once a minute; a bulk load would drain at half the speed until then.
  if (await isQueueAnalysisDue(db)) await analyzeQueue(db);
}
