import type { Database, Executor } from "../database/database.ts";
import { problems } from "../problem.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import {
  countJobs,
  countLiveWorkers,
  deleteIdleJob,
  enqueueJob,
  findJob,
  type JobRow,
  type JobState,
  jobStates,
  listJobs,
  retryJob,
  settleJobTroubles,
} from "./queries.ts";
import { splitPayload } from "./run-job.ts";

export interface EnqueueOptions {
  /** At most one job of a key waits; a later one replaces its payload and its time. */
  readonly key?: string;
  /** Default: at once. */
  readonly runAt?: Date;
  /** Less is sooner. Default 0. */
  readonly priority?: number;
}

/** A job as operators see it. */
export interface JobView extends JobRow {
  readonly traceparent: string | null;
}

export interface JobCounts {
  readonly byState: Readonly<Record<JobState, number>>;
  /** How long the job that is due for longest waits, in seconds; 0 when none does. */
  readonly oldestWaitingSeconds: number;
}

/** One more than a page of the API may have: the one too many tells that there is a next page. */
const pageMax = 201;

/** Workers give a sign every two seconds; one that is silent for so long is frozen. */
const seenWithinMs = 30_000;

export interface JobsOptions {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly log: Pick<Logger, "warn">;
}

/** The queue of background work. A job is a row, written in the transaction whose effect it is. */
export class Jobs {
  readonly #database: Database;
  readonly #log: Pick<Logger, "warn">;
  #scrape: Promise<JobCounts | null> | null = null;

  constructor({ database, metrics, log }: JobsOptions) {
    this.#database = database;
    this.#log = log;
    // While the database is away the scrape goes on without them.
    metrics.gauge("bodega_jobs", "Jobs in the queue, by state; `waiting` are due.", ["state"], async (gauge) => {
      const counts = await this.#countsForScrape();
      for (const state of jobStates) gauge.set({ state }, counts?.byState[state] ?? Number.NaN);
    });
    metrics.gauge("bodega_jobs_oldest_waiting_seconds", "How long the oldest due job waits.", [], async (gauge) => {
      gauge.set((await this.#countsForScrape())?.oldestWaitingSeconds ?? Number.NaN);
    });
  }

  /**
   * Enqueues a job in `tx`, which must run as the service role. It starts within milliseconds after the commit, and there
   * never was one after a rollback. Answers its id. `payload` may have 64 kB.
   */
  async enqueue(tx: Executor, task: string, payload: object, options: EnqueueOptions = {}): Promise<string> {
    return enqueueJob(tx, {
      task,
      payload: JSON.stringify(payload),
      key: options.key ?? null,
      runAt: options.runAt ?? null,
      priority: options.priority ?? 0,
    });
  }

  /** The newest first; dead letters are those of state `dead`. At most 201; go on with `beforeId` of the last. */
  async list(
    filter: {
      readonly state?: JobState;
      readonly task?: string;
      readonly beforeId?: string;
      readonly limit?: number;
    } = {},
  ): Promise<readonly JobView[]> {
    const rows = await listJobs(this.#database.db, {
      state: filter.state ?? null,
      task: filter.task ?? null,
      beforeId: filter.beforeId ?? null,
      limit: Math.min(Math.max(filter.limit ?? 50, 1), pageMax),
    });
    return rows.map(toView);
  }

  /** Throws NOT_FOUND; a job that is done is no more. */
  async inspect(id: string): Promise<JobView> {
    const row = isJobId(id) ? await findJob(this.#database.db, id) : null;
    if (row === null) throw noSuchJob();
    return toView(row);
  }

  /** Lets it run at once, with all its tries again. Throws NOT_FOUND, or CONFLICT while it runs. */
  async retry(id: string): Promise<void> {
    const result = isJobId(id) ? await retryJob(this.#database.db, id) : "missing";
    if (result === "missing") throw noSuchJob();
    if (result === "running") throw problems.CONFLICT("The job runs right now.");
  }

  /** Removes it, and resolves its incident. Throws NOT_FOUND, or CONFLICT while it runs. */
  async cancel(id: string): Promise<void> {
    if (!isJobId(id)) throw noSuchJob();
    await this.#database.transaction(async (tx) => {
      if (!(await deleteIdleJob(tx, id))) {
        throw (await findJob(tx, id)) === null ? noSuchJob() : problems.CONFLICT("The job runs right now.");
      }
      await settleJobTroubles(tx);
    });
  }

  async counts(): Promise<JobCounts> {
    const rows = await countJobs(this.#database.db);
    const countOf = (state: JobState) => rows.find((row) => row.state === state)?.count ?? 0;
    return {
      byState: {
        waiting: countOf("waiting"),
        scheduled: countOf("scheduled"),
        retrying: countOf("retrying"),
        running: countOf("running"),
        dead: countOf("dead"),
      },
      oldestWaitingSeconds: rows.find((row) => row.state === "waiting")?.oldestSeconds ?? 0,
    };
  }

  /** How many processes live that run jobs, and that run schedules. */
  async countWorkers(): Promise<{ readonly jobs: number; readonly schedules: number }> {
    const rows = await countLiveWorkers(this.#database.db, seenWithinMs);
    const countOf = (kind: "jobs" | "schedules") => rows.find((row) => row.kind === kind)?.count ?? 0;
    return { jobs: countOf("jobs"), schedules: countOf("schedules") };
  }

  /** Both gauges of one scrape ask at once; the queue is counted once. */
  async #countsForScrape(): Promise<JobCounts | null> {
    this.#scrape ??= this.counts()
      .catch((error: unknown) => {
        this.#log.warn({ error }, "the queue could not be counted; the scrape goes on without it");
        return null;
      })
      .finally(() => {
        this.#scrape = null;
      });
    return this.#scrape;
  }
}

function toView(row: JobRow): JobView {
  return { ...row, ...splitPayload(row.payload) };
}

const isJobId = (id: string): boolean => /^[1-9]\d{0,17}$/.test(id);
const noSuchJob = () => problems.NOT_FOUND("No job has this id; those that are done are not kept.");
