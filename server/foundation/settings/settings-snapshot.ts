import type { Database } from "../database/database.ts";
import type { Logger } from "../telemetry/logger.ts";
import { type StoredSetting, selectSettings } from "./queries.ts";

/** All stored settings, by key. */
type Stored = ReadonlyMap<string, StoredSetting>;

interface Reading {
  /** How often the snapshot had been expired when the reading began; one from before a change does not count. */
  readonly generation: number;
  readonly startedAtMs: number;
  readonly stored: Promise<Stored>;
}

/** Half of what the contract allows, so that a lost notification is still made good in time. */
const ageMaxMs = 2_000;

/**
 * The stored settings as this process knows them: read at once, all of them, when somebody asks and what is known is two
 * seconds old or was changed. Without PostgreSQL the last known ones stay; if there are none, reading throws.
 */
export class SettingsSnapshot {
  readonly #database: Database;
  readonly #log: Logger;
  #generation = 0;
  #latest: Reading | null = null;
  #known: Stored | null = null;

  constructor(options: { readonly database: Database; readonly log: Logger }) {
    this.#database = options.database;
    this.#log = options.log;
  }

  /** Something was changed: the next read asks the database. */
  expire(): void {
    this.#generation += 1;
  }

  async read(): Promise<Stored> {
    const now = performance.now();
    const latest = this.#latest;
    if (latest !== null && latest.generation === this.#generation && now - latest.startedAtMs < ageMaxMs) {
      return latest.stored;
    }
    const reading = { generation: this.#generation, startedAtMs: now, stored: this.#readFromDatabase() };
    this.#latest = reading;
    try {
      return await reading.stored;
    } catch (error) {
      // Nobody joins a reading that failed.
      if (this.#latest === reading) this.#latest = null;
      throw error;
    }
  }

  async #readFromDatabase(): Promise<Stored> {
    try {
      const rows = await selectSettings(this.#database.db);
      this.#known = new Map(rows.map((row) => [row.key, row]));
    } catch (error) {
      if (this.#known === null) throw error;
      this.#log.warn({ error }, "the settings cannot be read at the moment; the last known ones hold");
    }
    return this.#known;
  }
}
