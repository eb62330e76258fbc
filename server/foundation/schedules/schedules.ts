import type { Database } from "../database/database.ts";
import { problems } from "../problem.ts";
import {
  deleteOldRuns,
  listRuns,
  listSchedules,
  pauseSchedule,
  requestRun,
  resumeSchedule,
  type ScheduleRow,
  type ScheduleRunRow,
} from "./queries.ts";

/** One more than a page of the API may have: the one too many tells that there is a next page. */
const pageMax = 201;
const deleteBatchMax = 5_000;

/** What operators see and do with schedules, from any process; the schedulers run them. */
export class Schedules {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  async list(): Promise<readonly ScheduleRow[]> {
    return listSchedules(this.#database.db);
  }

  /** The run log of one, the newest first; at most 201, go on with `before` the last. */
  async runs(
    name: string,
    page: { readonly before?: Date; readonly limit?: number } = {},
  ): Promise<readonly ScheduleRunRow[]> {
    return listRuns(this.#database.db, {
      schedule: name,
      before: page.before ?? null,
      limit: Math.min(Math.max(page.limit ?? 50, 1), pageMax),
    });
  }

  /** Its ticks pass by until `resume`; a run that is going goes on. Throws NOT_FOUND. */
  async pause(name: string, by: string): Promise<void> {
    if (!(await pauseSchedule(this.#database.db, name, by))) throw noSuchSchedule();
  }

  /** Ticks that passed by meanwhile stay undone. Throws NOT_FOUND. */
  async resume(name: string): Promise<void> {
    if (!(await resumeSchedule(this.#database.db, name))) throw noSuchSchedule();
  }

  /**
   * Asks for a run now, also of a paused one; a worker process begins it within a second. Throws NOT_FOUND, or CONFLICT
   * while one is going.
   */
  async requestRun(name: string, by: string | null): Promise<void> {
    const result = await requestRun(this.#database.db, name, by);
    if (result === "missing") throw noSuchSchedule();
    if (result === "running") throw problems.CONFLICT("A run of this schedule is going.");
  }

  /** Deletes what ended before, a batch at a time. Answers how many. */
  async deleteOldRuns(keepDays: number, signal: AbortSignal): Promise<number> {
    for (let deleted = 0; ; ) {
      signal.throwIfAborted();
      const batch = await deleteOldRuns(this.#database.db, keepDays, deleteBatchMax);
      deleted += batch;
      if (batch < deleteBatchMax) return deleted;
    }
  }
}

const noSuchSchedule = () => problems.NOT_FOUND("No schedule has this name.");
