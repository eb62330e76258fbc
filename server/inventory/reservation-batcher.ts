import { type Executor, sqlState } from "../foundation/database/database.ts";
import { isOutage } from "../foundation/http/outage.ts";
import { problems } from "../foundation/problem.ts";
import { currentTraceparent } from "../foundation/telemetry/tracing.ts";
import {
  type ReservationOutcome,
  type ReservationRequest,
  reserveStock,
  reserveStockBatch,
} from "./reservations/queries.ts";

const batchMax = 256;
const waitingMax = 10_000;
const triesMax = 6;

interface Waiting {
  readonly request: ReservationRequest;
  readonly resolve: (outcome: ReservationOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets reservations that arrive together share one commit. Idle, a request goes straight to the database by itself.
 * While something is under way, the others wait, and then go together, 256 at most, in the order in which they came;
 * each gets its own answer, and the accepted ones are those that would have been accepted one by one.
 *
 * One per process. It remembers nothing: a request that was lost with the process is asked again under its key.
 */
export class ReservationBatcher {
  readonly #db: Executor;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;

  constructor(db: Executor) {
    this.#db = db;
  }

  /** Throws what `inventory.reserve_stock` raises, and SERVICE_UNAVAILABLE when too many wait already. */
  async reserve(request: ReservationRequest): Promise<ReservationOutcome> {
    if (!this.#isBusy) return this.#alone(request);
    if (this.#waiting.length >= waitingMax) {
      throw problems.SERVICE_UNAVAILABLE({
        detail: "Too many reservations are waiting. Try again with the same Idempotency-Key.",
        headers: { "retry-after": "1" },
      });
    }
    return new Promise((resolve, reject) => this.#waiting.push({ request, resolve, reject }));
  }

  async #alone(request: ReservationRequest): Promise<ReservationOutcome> {
    this.#isBusy = true;
    try {
      return await this.#one(request);
    } finally {
      if (this.#waiting.length === 0) this.#isBusy = false;
      else void this.#drain();
    }
  }

  /** Until nobody waits. Whoever comes meanwhile is part of the next flush. Never rejects. */
  async #drain(): Promise<void> {
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) await this.#flush(batch);
    this.#isBusy = false;
  }

  #next(): readonly Waiting[] {
    return this.#waiting.splice(0, batchMax);
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    const [first, ...rest] = batch;
    if (first === undefined) return undefined;
    if (rest.length === 0) return this.#settle(first);
    try {
      const requests = batch.map(({ request }) => request);
      const outcomes = await retried(() => reserveStockBatch(this.#db, requests, currentTraceparent()));
      await this.#answer(batch, outcomes);
    } catch (error) {
      if (isOutage(error) || isPassing(error)) for (const { reject } of batch) reject(error);
      // One that cannot even be tried must not take the others with it: each meets its own error.
      else for (const waiting of batch) await this.#settle(waiting);
    }
    return undefined;
  }

  async #answer(batch: readonly Waiting[], outcomes: readonly ReservationOutcome[]): Promise<void> {
    const deferred: Waiting[] = [];
    batch.forEach((waiting, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) waiting.reject(new Error("a batch of reservations gave fewer outcomes than requests"));
      else if (outcome.outcome === "deferred") deferred.push(waiting);
      else waiting.resolve(outcome);
    });
    const [first, ...rest] = deferred;
    if (first === undefined) return;
    // Holds are in the way of the first: by itself it may end them. The others keep their place before all who came later.
    await this.#settle(first);
    this.#waiting.unshift(...rest);
  }

  async #settle({ request, resolve, reject }: Waiting): Promise<void> {
    await this.#one(request).then(resolve, reject);
  }

  async #one(request: ReservationRequest): Promise<ReservationOutcome> {
    return retried(() => reserveStock(this.#db, request, currentTraceparent()));
  }
}

/**
 * Deadlocks, serialisation failures and lost connections are tried again: the key makes it safe, whether or not the first
 * try was committed.
 */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= triesMax || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries));
    }
  }
}

/** A lock or statement timeout is no reason to wait as long once more. */
const notPassing = new Set(["55P03", "57014"]);

function isPassing(error: unknown): boolean {
  const state = sqlState(error);
  if (state === "40001" || state === "40P01") return true;
  return isOutage(error) && (state === null || !notPassing.has(state));
}
