import type { Foundation } from "../foundation.ts";
import type { Task } from "../module.ts";
import { pause } from "../pause.ts";
import { jobMetrics, watchEventLoop } from "./job-metrics.ts";
import { type LivenessLimits, livenessDefaults } from "./liveness/bury-dead-workers.ts";
import { upsertTaskKinds } from "./queries.ts";
import { QueuePool } from "./queue-pool.ts";
import { sweepUntilStopped } from "./sweeper.ts";
import { openWorkerSession, type WorkerSession } from "./worker-session.ts";

export interface WorkerOptions {
  readonly foundation: Foundation;
  readonly tasks: readonly Task[];
  /** How many jobs run at once in this process. */
  readonly concurrency: number;
  readonly liveness?: Partial<LivenessLimits>;
  readonly heartbeatMs?: number;
  /** How long a task may go on once its signal was aborted. */
  readonly abortGraceMs?: number;
}

export interface Worker {
  /** The worker's present id in `platform.workers`; it changes when the worker was taken for dead and came back. */
  readonly id: string;
  /**
   * Takes no more jobs, waits up to `graceMs` (20 s) for those that run, then aborts them and gives them back, uncounted
   * as tries, to the other workers.
   */
  readonly stop: (options?: { readonly graceMs?: number }) => Promise<void>;
}

const heartbeatMs = 2_000;
const abortGraceMs = 5_000;
const stopGraceMs = 20_000;
const restartMs = { first: 100, max: 5_000 } as const;

/**
 * Works on the queue until `stop`. Any number of processes may; each holds a session lock, and when it dies the others
 * run its jobs again within about a second. A PostgreSQL that restarts is waited for.
 *
 * Tasks share the process's one event loop with its heartbeat: compute on other threads (sharp does), or give way.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { foundation, tasks, concurrency } = options;
  await upsertTaskKinds(foundation.database.db, tasks);
  // One listens; one records ends while all slots ask for their next job.
  const pool = new QueuePool({ database: foundation.database, connectionsMax: concurrency + 2, log: foundation.log });
  const endWatch = watchEventLoop(foundation.metrics);
  const metrics = jobMetrics(foundation.metrics);
  const open = () =>
    openWorkerSession({
      foundation,
      tasks,
      concurrency,
      pool,
      metrics,
      abortGraceMs: options.abortGraceMs ?? abortGraceMs,
      heartbeatMs: options.heartbeatMs ?? heartbeatMs,
    });
  const stopping = new AbortController();
  const first = open();
  await first.registration.registered;
  const keeper = keepSession(first, open, foundation, stopping.signal);
  const sweeping = sweepUntilStopped(
    {
      foundation,
      limits: { ...livenessDefaults, ...options.liveness },
      registration: () => keeper.session.registration,
      freeLostClaims: () => keeper.session.freeLostClaims(),
      tasks: new Map(tasks.map((task) => [task.name, task])),
    },
    stopping.signal,
  );
  return {
    get id() {
      return keeper.session.registration.id;
    },
    stop: async ({ graceMs = stopGraceMs } = {}) => {
      stopping.abort();
      await keeper.end(graceMs);
      await sweeping;
      endWatch();
      pool.giveUp();
      await pool.close();
    },
  };
}

/** Opens the next session when one ends by itself; what still runs in the old one is broken off. */
function keepSession(
  first: WorkerSession,
  open: () => WorkerSession,
  foundation: Foundation,
  stopping: AbortSignal,
): { readonly session: WorkerSession; readonly end: (graceMs: number) => Promise<void> } {
  const stopped = new Promise<null>((resolve) =>
    stopping.addEventListener("abort", () => resolve(null), { once: true }),
  );
  const leaving = new Set<Promise<void>>();
  let session = first;
  const keeping = (async () => {
    for (let pauseMs: number = restartMs.first; ; ) {
      const openedAt = performance.now();
      const reason = await Promise.race([session.ended, stopped]);
      if (reason === null || stopping.aborted) return;
      foundation.log.warn({ reason, workerId: session.registration.id }, "the worker begins anew");
      const left = session.stop(0).finally(() => leaving.delete(left));
      leaving.add(left);
      pauseMs = performance.now() - openedAt > 60_000 ? restartMs.first : Math.min(pauseMs * 2, restartMs.max);
      await pause(pauseMs, stopping);
      if (stopping.aborted) return;
      session = open();
    }
  })();
  return {
    get session() {
      return session;
    },
    end: async (graceMs) => {
      await Promise.all([session.stop(graceMs), ...leaving]);
      await keeping;
    },
  };
}
