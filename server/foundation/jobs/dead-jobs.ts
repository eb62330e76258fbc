import type { Foundation } from "../foundation.ts";
import type { Task } from "../module.ts";
import { failureFields, parseStoredFailure } from "./failure-message.ts";
import { claimDeadJobs, type DeadJobRow, markDeadJobHandled } from "./queries.ts";
import { splitPayload } from "./run-job.ts";

/** How long one process has for a task's `onDead`; if it dies or fails, another may try after that. */
const leaseMs = 30_000;
const batchMax = 20;

/**
 * Deals with the end of jobs that have no tries left: their incident is opened, then the task's `onDead` told, at least
 * once however many processes die at it. Answers how many were dealt with.
 */
export async function handleDeadJobs(foundation: Foundation, tasks: ReadonlyMap<string, Task>): Promise<number> {
  const { db } = foundation.database;
  const dead = await claimDeadJobs(db, { tasks: [...tasks.keys()], leaseMs, limit: batchMax });
  let handled = 0;
  for (const job of dead) {
    try {
      await tellTask(job, tasks.get(job.task), foundation);
      await markDeadJobHandled(db, job.jobId);
      handled += 1;
    } catch (error) {
      foundation.log.error(
        { ...failureFields(error), jobId: job.jobId, task: job.task },
        "a task could not deal with a dead job",
      );
    }
  }
  return handled;
}

async function tellTask(job: DeadJobRow, task: Task | undefined, foundation: Foundation): Promise<void> {
  const { code, message } = parseStoredFailure(job.lastError);
  await task?.onDead?.(splitPayload(job.payload).payload, { code, message, attempts: job.attempts }, foundation);
}
