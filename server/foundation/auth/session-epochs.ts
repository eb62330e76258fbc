import type { Database } from "../database/database.ts";
import { findSessionEpoch, revokeSessions, type SessionEpoch } from "./queries.ts";

/** A revocation is seen within 5 s everywhere (contracts, *Roles*): an epoch is believed for less than that. */
const believedMs = 3_000;
const usersMax = 10_000;

interface Known {
  readonly epoch: Promise<SessionEpoch>;
  readonly until: number;
}

/** Until when a user's tokens were revoked. Each instance asks the database at most once in 3 s per user. */
export class SessionEpochs {
  readonly #database: Database;
  /** In the order of asking, so the first is the one to forget. */
  readonly #known = new Map<string, Known>();

  constructor(database: Database) {
    this.#database = database;
  }

  async of(userId: string): Promise<SessionEpoch> {
    const now = performance.now();
    const known = this.#known.get(userId);
    if (known !== undefined && known.until > now) return known.epoch;
    const epoch = findSessionEpoch(this.#database.db, userId);
    this.#remember(userId, { epoch, until: now + believedMs });
    try {
      return await epoch;
    } catch (error) {
      this.#known.delete(userId);
      throw error;
    }
  }

  /** Ends every session of the user and every token made so far, here at once and elsewhere within 3 s. */
  async revoke(userId: string): Promise<void> {
    await this.#database.transaction((tx) => revokeSessions(tx, userId));
    this.forget(userId);
  }

  /** After a revocation in somebody else's transaction. */
  forget(userId: string): void {
    this.#known.delete(userId);
  }

  #remember(userId: string, known: Known): void {
    this.#known.delete(userId);
    this.#known.set(userId, known);
    const oldest = this.#known.keys().next();
    if (this.#known.size > usersMax && oldest.done !== true) this.#known.delete(oldest.value);
  }
}
