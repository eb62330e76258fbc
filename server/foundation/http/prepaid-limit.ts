import type { RateLimit, RateLimitAnswer, RateLimiter } from "../resilience/rate-limiter.ts";

/** What was paid ahead is good for this long; what is left of it then is lost to the caller. */
const prepaidMs = 1_000;
const aheadMax = 16;
const callersMax = 10_000;

interface Account {
  /** Requests paid for and not yet made. */
  prepaid: number;
  readonly paidAhead: number;
  readonly until: number;
  readonly answer: RateLimitAnswer;
}

/**
 * A shared limit that a busy caller does not pay for in a round trip per request: who asks again within a second has
 * some of the next requests paid for together, twice as many each time, 16 at most. All instances together still let
 * through no more than the limit, since whatever is let through here was taken there before; a caller near the limit may
 * be stopped a few requests early, when instances hold some paid for and unused.
 */
export class PrepaidLimit {
  readonly #limiter: Pick<RateLimiter, "take">;
  /** In the order of paying, so the first is the one to forget. */
  readonly #accounts = new Map<string, Account>();

  constructor(limiter: Pick<RateLimiter, "take">) {
    this.#limiter = limiter;
  }

  async take(key: string, limit: RateLimit): Promise<RateLimitAnswer> {
    const account = this.#accounts.get(key);
    const isFresh = account !== undefined && performance.now() < account.until;
    if (isFresh && account.prepaid > 0) {
      account.prepaid -= 1;
      return { ...account.answer, remaining: account.answer.remaining + account.prepaid };
    }
    // Never so much ahead that a small limit is used up by paying.
    const cost = isFresh ? Math.max(1, Math.min(account.paidAhead * 2, aheadMax, Math.floor(limit.burst / 10))) : 1;
    const answer = await this.#limiter.take(key, limit, cost);
    if (!answer.allowed) return cost === 1 ? answer : this.#limiter.take(key, limit);
    // Requests that came together pay each for themselves; what they paid ahead adds up.
    const left = this.#accounts.get(key)?.prepaid ?? 0;
    const prepaid = cost - 1 + (isFresh ? left : 0);
    this.#remember(key, { prepaid, paidAhead: cost, until: performance.now() + prepaidMs, answer });
    return { ...answer, remaining: answer.remaining + prepaid };
  }

  #remember(key: string, account: Account): void {
    this.#accounts.delete(key);
    this.#accounts.set(key, account);
    const oldest = this.#accounts.keys().next();
    if (this.#accounts.size > callersMax && oldest.done !== true) this.#accounts.delete(oldest.value);
  }
}
