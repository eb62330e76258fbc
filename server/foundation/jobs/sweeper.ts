import type { Foundation } from "../foundation.ts";
import type { Task } from "../module.ts";
import { pause } from "../pause.ts";
import { handleDeadJobs } from "./dead-jobs.ts";
import { failureFields } from "./failure-message.ts";
import { type BurialWatch, buryDeadWorkers } from "./liveness/bury-dead-workers.ts";
import { analyzeQueue, freeForeignJobs, isQueueAnalysisDue, settleJobTroubles } from "./queries.ts";

const slowSweepIntervalMs = 10_000;
const foreignHeldMs = 60_000;

/**
 * What every worker process does beside its jobs, twice a second: frees the jobs of dead workers, deals with the end of
 * dead jobs, forgets what is settled; less often, keeps the planner's view of the queue fresh. Ends when `signal` is
 * aborted and the sweep under way is over.
 */
export async function sweepUntilStopped(
  sweep: BurialWatch & {
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
    await pause(limits.sweepIntervalMs, signal);
  }
}

async function sweepSlowly(foundation: Foundation, freeLostClaims: () => Promise<readonly string[]>): Promise<void> {
  const { db } = foundation.database;
  const jobIds = [...(await freeForeignJobs(db, foreignHeldMs)), ...(await freeLostClaims())];
  if (jobIds.length > 0) foundation.log.warn({ jobIds }, "jobs were held and not run; they were given back");
  // The autovacuum looks once a minute; a bulk load would drain at half the speed until then.
  if (await isQueueAnalysisDue(db)) await analyzeQueue(db);
}
