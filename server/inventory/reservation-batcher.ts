import { type Executor, sqlState } from "../foundation/database/database.ts";
import { isOutage } from "../foundation/http/outage.ts";
import { problems } from "../foundation/problem.ts";
import { currentTraceparent } from "../foundation/telemetry/tracing.ts";
import { LockedLevels } from "./reservations/locked-levels.ts";
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
  /** By then it is told that its stock cannot be had at present. */
  readonly givesUpAt: number;
  readonly resolve: (outcome: ReservationOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets reservations that arrive together share one commit. Idle, a request goes straight to the database by itself.
 * While something is under way, the others wait, and then go together, 256 at most, in the order in which they came;
 * each gets its own answer, and the accepted ones are those that would have been accepted one by one.
 *
 * A level of stock that someone else keeps locked holds up those alone who want it: it is waited for half a second once;
 * from then on they wait here, in their order, while the others pass, until it is free or their patience is over.
 *
 * One per process. It remembers nothing: a request that was lost with the process is asked again under its key.
 */
export class ReservationBatcher {
  readonly #db: Executor;
  readonly #patienceMs: number;
  readonly #locked = new LockedLevels();
  #waiting: Waiting[] = [];
  #isBusy = false;
  #wake: () => void = () => undefined;

  constructor(db: Executor, { patienceMs = 5_000 }: { readonly patienceMs?: number } = {}) {
    this.#db = db;
    this.#patienceMs = patienceMs;
  }

  /**
   * Throws what `inventory.reserve_stock` raises, and SERVICE_UNAVAILABLE when too many wait already or the stock stays
   * locked.
   */
  async reserve(request: ReservationRequest): Promise<ReservationOutcome> {
    if (this.#waiting.length >= waitingMax) {
      throw unavailable("Too many reservations are waiting.");
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, givesUpAt: performance.now() + this.#patienceMs, resolve, reject });
      if (!this.#isBusy) void this.#drain();
      else if (!this.#locked.covers(request.lines)) this.#wake();
    });
  }

  /** Until nobody waits. Whoever comes meanwhile is part of the next flush. Never rejects. */
  async #drain(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const { batch, passesOver } = this.#next();
      if (batch.length > 0) await this.#flush(batch, passesOver);
      else await this.#pause();
    }
    this.#isBusy = false;
  }

  /** Who is next; with some levels locked, those who look whether they still are, else those who want none of them. */
  #next(): { readonly batch: readonly Waiting[]; readonly passesOver: boolean } {
    this.#locked.forget();
    if (this.#locked.isEmpty) return { batch: this.#waiting.splice(0, batchMax), passesOver: false };
    const now = performance.now();
    const looking = this.#take(
      ({ request: { lines }, givesUpAt }) =>
        this.#locked.admits(lines) || (givesUpAt <= now && this.#locked.covers(lines)),
    );
    if (looking.length > 0) return { batch: looking, passesOver: true };
    return { batch: this.#take(({ request }) => !this.#locked.covers(request.lines)), passesOver: false };
  }

  #take(isWanted: (waiting: Waiting) => boolean): readonly Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    for (const waiting of this.#waiting) (taken.length < batchMax && isWanted(waiting) ? taken : left).push(waiting);
    this.#waiting = left;
    return taken;
  }

  /** Until a locked level may be looked at again, or someone comes who wants none of them. */
  async #pause(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([woken, this.#locked.due()]);
  }

  async #flush(batch: readonly Waiting[], passesOver: boolean): Promise<void> {
    const [first, ...rest] = batch;
    if (first === undefined) return undefined;
    if (rest.length === 0 && !passesOver) return this.#alone(first);
    const requests = batch.map(({ request }) => request);
    const options = { passesOver, traceparent: currentTraceparent() };
    let outcomes: readonly ReservationOutcome[];
    try {
      outcomes = await retried(() => reserveStockBatch(this.#db, requests, options));
    } catch (error) {
      return this.#recover(batch, passesOver, error);
    }
    return this.#answer(batch, outcomes);
  }

  /** Nothing of the flush was done, and `error` says why. */
  async #recover(batch: readonly Waiting[], passesOver: boolean, error: unknown): Promise<void> {
    // A level is locked, and nobody knows whose; or, when levels were passed over already, a key is.
    if (isLockTimeout(error) && !passesOver) return this.#flush(batch, true);
    const isOfAll = !isLockTimeout(error) && (isOutage(error) || isPassing(error));
    if (isOfAll || batch.length === 1) for (const { reject } of batch) reject(error);
    // One that cannot even be tried must not take the others with it: each meets its own error.
    else for (const waiting of batch) await this.#flush([waiting], passesOver);
    return undefined;
  }

  async #answer(batch: readonly Waiting[], outcomes: readonly ReservationOutcome[]): Promise<void> {
    const left: Waiting[] = [];
    let deferred: Waiting | null = null;
    for (const [index, waiting] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) waiting.reject(new Error("a batch of reservations gave fewer outcomes than requests"));
      else if (outcome.outcome === "locked") {
        this.#locked.add(outcome.short);
        if (waiting.givesUpAt > performance.now()) left.push(waiting);
        else waiting.reject(unavailable("This stock is being changed by someone else, who takes long."));
      } else if (outcome.outcome !== "deferred") this.#resolve(waiting, outcome);
      else if (deferred === null) deferred = waiting;
      else left.push(waiting);
    }
    // They keep their place before all who came later.
    this.#waiting.unshift(...left);
    // Holds are in the way of the first: by itself it may end them.
    if (deferred !== null) await this.#alone(deferred);
  }

  async #alone(waiting: Waiting): Promise<void> {
    try {
      this.#resolve(waiting, await retried(() => reserveStock(this.#db, waiting.request, currentTraceparent())));
    } catch (error) {
      if (isLockTimeout(error)) await this.#flush([waiting], true);
      else waiting.reject(error);
    }
  }

  #resolve({ request, resolve }: Waiting, outcome: ReservationOutcome): void {
    // Whoever was told what there is had the levels.
    if (outcome.outcome === "created" || outcome.outcome === "refused") this.#locked.remove(request.lines);
    resolve(outcome);
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

const isLockTimeout = (error: unknown): boolean => sqlState(error) === "55P03";

const unavailable = (detail: string) =>
  problems.SERVICE_UNAVAILABLE({
    detail: `${detail} Try again with the same Idempotency-Key.`,
    headers: { "retry-after": "1" },
  });
