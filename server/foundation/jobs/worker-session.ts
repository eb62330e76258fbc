import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger as QueueLogger, runTaskList, type TaskList, type WorkerPool } from "graphile-worker";
import type pg from "pg";
import type { Foundation } from "../foundation.ts";
import type { Task } from "../module.ts";
import type { Logger } from "../telemetry/logger.ts";
import { RegistrationLost, WorkerStopping } from "./failure.ts";
import type { JobMetrics } from "./job-metrics.ts";
import { runJob } from "./run-job.ts";
import { WorkerRegistration } from "./worker-registration.ts";

export interface SessionOptions {
  readonly foundation: Foundation;
  readonly tasks: readonly Task[];
  readonly concurrency: number;
  readonly pool: pg.Pool;
  readonly metrics: JobMetrics;
  readonly abortGraceMs: number;
  readonly heartbeatMs: number;
}

/** One life of the worker on the list of workers, with the jobs that it takes under that name. */
export interface WorkerSession {
  readonly registration: WorkerRegistration;
  /** Resolves when it takes no more jobs, by itself: taken for dead, or the queue's runner gave up. Says why. */
  readonly ended: Promise<string>;
  /** Takes no more jobs, waits for those that run, breaks them off after `graceMs`, leaves the list. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** A job is announced by NOTIFY; this is for retries that become due, and for announcements lost in an outage. */
const pollIntervalMs = 1_000;

export async function openWorkerSession(options: SessionOptions): Promise<WorkerSession> {
  const { foundation, metrics, abortGraceMs } = options;
  const running = new Set<AbortController>();
  const breakOff = (reason: Error) => {
    for (const controller of running) controller.abort(reason);
  };
  const queue = startQueue(options, running, async (job, task, parts) =>
    runJob(task, job, { foundation, metrics, running, abortGraceMs, ...parts }),
  );
  const { registration, workerPool } = queue;
  await registration.registered;
  registration.lost.addEventListener("abort", () => breakOff(new RegistrationLost()), { once: true });

  const ended = Promise.race([
    new Promise<string>((resolve) => {
      registration.lost.addEventListener("abort", () => resolve("it was taken for dead"), { once: true });
      if (registration.lost.aborted) resolve("it was taken for dead");
    }),
    workerPool.promise.then(
      () => "the queue's runner ended",
      (error: unknown) => `the queue's runner failed: ${error instanceof Error ? error.message : String(error)}`,
    ),
  ]);
  return {
    registration,
    ended,
    stop: async (graceMs) => {
      await stopQueue(workerPool, { graceMs, abortGraceMs, breakOff: () => breakOff(new WorkerStopping()) });
      await registration.close();
    },
  };
}

type RunOne = (
  job: Parameters<typeof runJob>[1],
  task: Task,
  parts: { readonly registration: WorkerRegistration; readonly poolId: string },
) => Promise<void>;

/** Starts graphile-worker so that it takes its first job only once the worker is on the list. */
function startQueue(options: SessionOptions, running: ReadonlySet<AbortController>, runOne: RunOne) {
  const { foundation, tasks, concurrency, pool, heartbeatMs } = options;
  const { database, log } = foundation;
  let known: WorkerRegistration | undefined;
  const registrationOf = (poolId: string): WorkerRegistration => {
    known ??= new WorkerRegistration({ database, kind: "jobs", poolId, log, heartbeatMs });
    return known;
  };
  const taskList: TaskList = Object.fromEntries(
    tasks.map((task) => [
      task.name,
      async (_payload, { job }) =>
        runOne(job, task, { registration: registrationOf(workerPool.id), poolId: workerPool.id }),
    ]),
  );
  const workerPool = runTaskList(
    {
      concurrency,
      pollInterval: pollIntervalMs,
      noHandleSignals: true,
      events: new EventEmitter(),
      logger: queueLogger(log),
      // Asked before each job is taken: while it is not certain that we are still on the list, none is.
      forbiddenFlags: () => {
        const registration = registrationOf(workerPool.id);
        return registration.isCertain ? null : registration.confirm().then(() => null);
      },
      preset: {
        plugins: [
          {
            name: "BodegaRegistration",
            version: "1.0.0",
            worker: {
              hooks: {
                startWorker: async (_context, { worker }) => registrationOf(worker.workerPool.id).registered,
              },
            },
          },
        ],
        // Batched at the end of the tick, and so tried again while PostgreSQL is away; unbatched, a failure to
        // complete a job would end the process.
        worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
    },
    taskList,
    pool,
  );
  return { workerPool, registration: registrationOf(workerPool.id), running };
}

async function stopQueue(
  workerPool: WorkerPool,
  limits: { readonly graceMs: number; readonly abortGraceMs: number; readonly breakOff: () => void },
): Promise<void> {
  const gone = (async () => {
    await workerPool.gracefulShutdown();
    // It rejects for what went wrong earlier, which was logged then.
  })().catch(() => undefined);
  if (await endsWithin(gone, limits.graceMs)) return;
  limits.breakOff();
  // Tasks that do not heed their signal are given up after the grace, so this ends even then.
  if (await endsWithin(gone, limits.abortGraceMs + 2_000)) return;
  await endsWithin(Promise.resolve(workerPool.forcefulShutdown("The worker is stopping.")), 6_000);
}

async function endsWithin(end: Promise<unknown>, ms: number): Promise<boolean> {
  const enough = new AbortController();
  const timeout = delay(ms, false, { signal: enough.signal }).catch(() => false);
  const result = await Promise.race([
    end.then(
      () => true,
      () => true,
    ),
    timeout,
  ]);
  enough.abort();
  return result;
}

/**
 * graphile-worker's lines as ours, without what they carry (payloads) and without those about single jobs, which
 * `runJob` tells.
 */
function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    if (meta !== undefined && ("failure" in meta || "success" in meta)) return;
    const text = message.slice(0, 1_000);
    switch (level) {
      case "error":
        return log.error({ part: "graphile-worker" }, text);
      case "warning":
        return log.warn({ part: "graphile-worker" }, text);
      default:
        return log.trace({ part: "graphile-worker" }, text);
    }
  });
}
