import { randomUUID } from "node:crypto";
import type { Database } from "../database/database.ts";
import { pause } from "../pause.ts";
import { freeSlot, renewSlot, takeSlot } from "./slot-queries.ts";

/** A place that shows no sign of life for so long is given to others: its process died. */
const leaseMs = 15_000;
const pollMs = 150;

export interface Slot {
  /** A sign of life; to be given every few seconds. */
  readonly renew: () => Promise<void>;
  readonly free: () => Promise<void>;
}

/** How many are at a service at once, in all processes together. */
export class Slots {
  readonly #database: Database;

  constructor(options: { readonly database: Database }) {
    this.#database = options.database;
  }

  /** Waits for one of `places` of `name`; throws the reason of `signal` when that comes first. */
  async take(name: string, places: number, signal: AbortSignal): Promise<Slot> {
    const { db } = this.#database;
    const holder = randomUUID();
    for (;;) {
      signal.throwIfAborted();
      if (await takeSlot(db, { name, places, holder, leaseMs })) break;
      // Not all at the same moment.
      await pause(pollMs * (0.5 + Math.random()), signal);
    }
    return { renew: () => renewSlot(db, { name, holder, leaseMs }), free: () => freeSlot(db, { name, holder }) };
  }
}
