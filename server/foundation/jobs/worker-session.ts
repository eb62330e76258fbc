import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger as QueueLogger, runTaskList, type TaskList, type WorkerPool } from "graphile-worker";
import type { Foundation } from "../foundation.ts";
import type { Task } from "../module.ts";
import type { Logger } from "../telemetry/logger.ts";
import { RegistrationLost, WorkerStopping } from "./failure.ts";
import type { JobMetrics } from "./job-metrics.ts";
import { WorkerRegistration } from "./liveness/worker-registration.ts";
import { freeLostClaims } from "./queries.ts";
import type { QueuePool } from "./queue-pool.ts";
import { runJob } from "./run-job.ts";
import { RunningJobs } from "./running-jobs.ts";

export interface SessionOptions {
  readonly foundation: Foundation;
  readonly tasks: readonly Task[];
  readonly concurrency: number;
  readonly pool: QueuePool;
  readonly metrics: JobMetrics;
  readonly abortGraceMs: number;
  readonly heartbeatMs: number;
}

/** One life of the worker on the list of workers, with the jobs that it takes under that name. */
export interface WorkerSession {
  readonly registration: WorkerRegistration;
  /** Resolves when it takes no more jobs, by itself: taken for dead, or the queue's runner gave up. Says why. */
  readonly ended: Promise<string>;
  /** Gives back what was taken over a connection that broke before we heard of it. Answers the jobs' ids. */
  readonly freeLostClaims: () => Promise<readonly string[]>;
  /** Takes no more jobs, waits for those that run, breaks them off after `graceMs`, leaves the list. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** A job is announced by NOTIFY; this is for retries that become due, and for announcements lost in an outage. */
const pollIntervalMs = 1_000;

/** Younger ones may be on their way to us. */
const lostAfterMs = 10_000;

/** Begins at once; it takes its first job when it is on the list. */
export function openWorkerSession(options: SessionOptions): WorkerSession {
  const running = new RunningJobs();
  const stopping = Promise.withResolvers<void>();
  const { workerPool, registration } = startQueue(options, running, stopping.promise);
  const { lost } = registration;
  lost.addEventListener("abort", () => running.breakOff(new RegistrationLost()), { once: true });
  const ended = Promise.race([
    new Promise<string>((resolve) => lost.addEventListener("abort", () => resolve("it was taken for dead"))),
    workerPool.promise.then(
      () => "the queue's runner ended",
      (error: unknown) => `the queue's runner failed: ${error instanceof Error ? error.message : String(error)}`,
    ),
  ]);
  let breaksSeen = options.pool.breaks;
  return {
    registration,
    ended,
    freeLostClaims: async () => {
      const { breaks } = options.pool;
      if (breaks === breaksSeen) return [];
      const { db } = options.foundation.database;
      const freed = await freeLostClaims(db, {
        poolId: workerPool.id,
        accountedFor: running.accountedFor,
        lostAfterMs,
      });
      // While it holds any that cannot be judged yet, it is looked at again.
      if (!freed.arePending) breaksSeen = breaks;
      return freed.jobIds;
    },
    stop: async (graceMs) => {
      stopping.resolve();
      const { abortGraceMs } = options;
      await stopQueue(workerPool, { graceMs, abortGraceMs, breakOff: () => running.breakOff(new WorkerStopping()) });
      await registration.close();
    },
  };
}

/** Starts graphile-worker so that it takes jobs only while the worker is on the list. */
function startQueue(options: SessionOptions, running: RunningJobs, stopping: Promise<void>) {
  const { foundation, tasks, concurrency, pool, heartbeatMs, metrics, abortGraceMs } = options;
  const { database, log } = foundation;
  let known: WorkerRegistration | undefined;
  const registrationOf = (poolId: string): WorkerRegistration => {
    known ??= new WorkerRegistration({ database, log, kind: "jobs", poolId, heartbeatMs });
    return known;
  };
  const taskList: TaskList = Object.fromEntries(
    tasks.map((task) => [
      task.name,
      async (_payload, { job }) => {
        const registration = registrationOf(workerPool.id);
        await runJob(task, job, { foundation, metrics, registration, poolId: workerPool.id, abortGraceMs, running });
      },
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
        // Before the very first job it is not there yet; `registerFirst` waits for it.
        if (known === undefined || known.isCertain) return null;
        return Promise.race([known.confirm(), stopping]).then(() => null);
      },
      preset: {
        plugins: [registerFirst((poolId) => Promise.race([registrationOf(poolId).registered, stopping]))],
        // Batched at the end of the tick, and so tried again while PostgreSQL is away; unbatched, a failure to
        // complete a job would end the process.
        worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
    },
    taskList,
    pool,
  );
  return { workerPool, registration: registrationOf(workerPool.id) };
}

function registerFirst(registered: (poolId: string) => Promise<void>): GraphileConfig.Plugin {
  return {
    name: "BodegaRegistration",
    version: "1.0.0",
    worker: { hooks: { startWorker: async (_context, { worker }) => registered(worker.workerPool.id) } },
  };
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
