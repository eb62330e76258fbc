import { createHash } from "node:crypto";
import type { Database } from "../database/database.ts";
import { DenialMemory } from "./denial-memory.ts";
import { deleteUnusedRateLimits, type RateLimitDecision, takeRateLimit } from "./queries.ts";

export interface RateLimit {
  /** Keeps its callers apart from those of other limits. */
  readonly name: string;
  /** How many at once, after a rest: a whole number. */
  readonly burst: number;
  /** How many more come back every second. */
  readonly perSecond: number;
}

export interface RateLimitAnswer {
  readonly allowed: boolean;
  /** The burst. */
  readonly limit: number;
  /** How many more would be allowed right now. */
  readonly remaining: number;
  /** 0 when allowed; else how long until the same request would be. */
  readonly retryAfterMs: number;
  /** How long until the whole burst is there again. */
  readonly resetMs: number;
}

const microsPerSecond = 1_000_000;
/** Keeps all sums of microseconds exact. */
const restSecondsMax = 366 * 24 * 60 * 60;
const cleanupBatch = 5_000;

/**
 * Limits what one caller does across all processes: never more than `burst + perSecond × time`, by the database's clock.
 * It fails closed: without PostgreSQL `take` throws what the database said (503 at the edge), as the request would have
 * anyway, and a flood cannot be let in by tiring the database out.
 */
export class RateLimiter {
  readonly #database: Database;
  readonly #denials = new DenialMemory();

  constructor(options: { readonly database: Database }) {
    this.#database = options.database;
  }

  /**
   * Takes `cost` of `key`'s allowance, or nothing when that is too much at the moment. `key` says who (`limiterKey`).
   * Throws `RangeError` for a limit that means nothing, or a cost that the burst can never cover.
   */
  async take(key: string, limit: RateLimit, cost = 1): Promise<RateLimitAnswer> {
    requireMeaning(limit, cost);
    // Rounded up: at worst one millionth too strict, never too lax.
    const intervalUs = Math.ceil(microsPerSecond / limit.perSecond);
    const keyHash = createHash("sha256").update(key).digest();
    const request = [limit.name, limit.burst, intervalUs, cost, keyHash.toString("base64")].join(" ");
    const deniedMs = this.#denials.remainingMs(request);
    if (deniedMs > 0) return denial(limit, cost, intervalUs, deniedMs);

    const decision = await takeRateLimit(this.#database.db, {
      name: limit.name,
      keyHash,
      costUs: intervalUs * cost,
      burstUs: intervalUs * limit.burst,
    });
    const answer = answerOf(decision, limit, cost, intervalUs);
    // One millisecond less than told, since that was rounded up.
    if (!answer.allowed) this.#denials.remember(request, answer.retryAfterMs - 1);
    return answer;
  }

  /** Forgets callers whose allowance is whole again; answers how many. For the schedule `retention`. */
  async cleanUp(signal?: AbortSignal): Promise<number> {
    let removed = 0;
    while (signal?.aborted !== true) {
      const count = await deleteUnusedRateLimits(this.#database.db, cleanupBatch);
      removed += count;
      if (count < cleanupBatch) break;
    }
    return removed;
  }
}

function answerOf(decision: RateLimitDecision, limit: RateLimit, cost: number, intervalUs: number): RateLimitAnswer {
  const usedUs = Math.max(0, decision.tatUs - decision.nowUs);
  const freeUs = intervalUs * limit.burst - usedUs;
  return {
    allowed: decision.allowed,
    limit: limit.burst,
    remaining: Math.max(0, Math.floor(freeUs / intervalUs)),
    retryAfterMs: decision.allowed ? 0 : Math.max(1, Math.ceil((intervalUs * cost - freeUs) / 1_000)),
    resetMs: Math.ceil(usedUs / 1_000),
  };
}

/** What the database would say of a request that has `deniedMs` to wait. */
function denial(limit: RateLimit, cost: number, intervalUs: number, deniedMs: number): RateLimitAnswer {
  const freeUs = intervalUs * cost - deniedMs * 1_000;
  return {
    allowed: false,
    limit: limit.burst,
    remaining: Math.max(0, Math.floor(freeUs / intervalUs)),
    retryAfterMs: Math.ceil(deniedMs) + 1,
    resetMs: Math.ceil((intervalUs * limit.burst - freeUs) / 1_000),
  };
}

function requireMeaning({ name, burst, perSecond }: RateLimit, cost: number): void {
  if (!Number.isSafeInteger(burst) || burst < 1 || !(perSecond > 0)) {
    throw new RangeError(`the limit ${name} needs a whole burst of 1 or more, and a rate above 0`);
  }
  if (burst / perSecond > restSecondsMax) {
    throw new RangeError(`the limit ${name} would take longer than a year to come back`);
  }
  if (!Number.isSafeInteger(cost) || cost < 1 || cost > burst) {
    throw new RangeError(`a cost of ${cost} can never be allowed by the limit ${name} with its burst of ${burst}`);
  }
}
