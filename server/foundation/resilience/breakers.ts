import { randomUUID } from "node:crypto";
import type { Database, Executor } from "../database/database.ts";
import {
  type BreakerRow,
  enterBreaker,
  leaveBreaker,
  renewProbe,
  resetBreaker,
  selectBreakers,
  settleBreaker,
} from "./breaker-queries.ts";

export type { BreakerRow } from "./breaker-queries.ts";

/** When a breaker opens, and for how long. */
export interface BreakerPolicy {
  /** Opens after so many failures in a row. */
  readonly failuresMax: number;
  /** Failures count together when the first of them is no older. */
  readonly windowMs: number;
  /** How long it stays open; doubled each time a probe fails. */
  readonly openMs: number;
  readonly openMsMax: number;
}

/** How long a probe keeps the others out without a sign of life. */
const probeLeaseMs = 15_000;

/** A call that was let in. Exactly one of the three ends it. */
export interface BreakerPass {
  /** True: the only call that is let in, and how it ends decides for all. */
  readonly isProbe: boolean;
  readonly succeeded: () => Promise<void>;
  readonly failed: (reason: string) => Promise<void>;
  /** It says nothing of the service: the caller went away, or what was asked was refused. */
  readonly left: () => Promise<void>;
  /** A sign of life of a probe; to be given every few seconds. */
  readonly renew: () => Promise<void>;
}

export type BreakerAnswer = { readonly pass: BreakerPass } | { readonly pass: null; readonly retryAt: Date | null };

/**
 * Keeps all processes from waiting for a service that is down. The state is one row per service that every request asks
 * (docs/decisions/0006), so what one process found out holds for the others at their next request, and a reset by an
 * operator closes the very breaker that requests consult.
 */
export class Breakers {
  readonly #database: Database;

  constructor(options: { readonly database: Database }) {
    this.#database = options.database;
  }

  /** Asks to call `name`: a pass, or when to ask again. */
  async enter(name: string, policy: BreakerPolicy): Promise<BreakerAnswer> {
    const { db } = this.#database;
    const holder = randomUUID();
    const { pass, era, retryAt } = await enterBreaker(db, name, holder, probeLeaseMs);
    if (pass === "open") return { pass: null, retryAt };
    const call = { name, era, holder };
    return {
      pass: {
        isProbe: pass === "probe",
        succeeded: async () => {
          await settleBreaker(db, { ...call, succeeded: true, reason: null, policy });
        },
        failed: async (reason) => {
          await settleBreaker(db, { ...call, succeeded: false, reason, policy });
        },
        left: () => (pass === "probe" ? leaveBreaker(db, call) : Promise.resolve()),
        renew: () => (pass === "probe" ? renewProbe(db, call, probeLeaseMs) : Promise.resolve()),
      },
    };
  }

  /** All that were ever asked, by name. */
  async list(): Promise<readonly BreakerRow[]> {
    return selectBreakers(this.#database.db);
  }

  /** Closes it in `tx` because a person knows better; null when there is no such breaker. */
  async reset(tx: Executor, name: string, userId: string): Promise<BreakerRow | null> {
    if (!(await resetBreaker(tx, name, userId))) return null;
    return (await selectBreakers(tx)).find((breaker) => breaker.name === name) ?? null;
  }
}
