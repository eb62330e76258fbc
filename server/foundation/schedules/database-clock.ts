import type { Executor } from "../database/database.ts";
import { readDatabaseTime } from "./queries.ts";

const staleAfterMs = 15_000;

/**
 * The database's time, which all processes share: asked now and then, carried on by the process's monotonic clock between.
 * The process's own wall clock, which may be wrong or be set, is never looked at.
 */
export class DatabaseClock {
  readonly #db: Executor;
  #offsetMs = Number.NaN;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(db: Executor) {
    this.#db = db;
  }

  /** Milliseconds since 1970, off by at most half a round trip. Throws while the database was never reached. */
  async now(): Promise<number> {
    if (performance.now() - this.#askedAt > staleAfterMs) await this.#ask();
    return performance.now() + this.#offsetMs;
  }

  async #ask(): Promise<void> {
    const before = performance.now();
    const timeMs = await readDatabaseTime(this.#db);
    const after = performance.now();
    this.#offsetMs = timeMs - (before + after) / 2;
    this.#askedAt = after;
  }
}
