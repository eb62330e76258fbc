import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { takeRateLimit } from "./queries.ts";
import { RateLimiter } from "./rate-limiter.ts";

let t: TestDatabase;
let limiter: RateLimiter;
beforeAll(async () => {
  t = await testDatabase();
  limiter = new RateLimiter({ database: t.database });
});
afterAll(() => t.drop());

/** So slow that nothing comes back while a test runs. */
const slow = (burst: number) => ({ name: "test", burst, perSecond: 1 / 3_600 });

describe("RateLimiter", () => {
  test("four processes, one caller: exactly the burst is allowed", async () => {
    const databases = [t.database, ...[1, 2, 3].map(() => openTestDatabase(t.url))];
    const limiters = databases.map((database) => new RateLimiter({ database }));
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => limiters[n % 4]?.take(key, slow(37)) ?? Promise.reject(new Error("none"))),
    );
    const allowed = answers.filter((answer) => answer.allowed);
    expect(allowed).toHaveLength(37);
    expect(allowed.map((answer) => answer.remaining).sort((a, b) => a - b)).toEqual(allowed.map((_, n) => n));
    for (const answer of answers.filter(({ allowed }) => !allowed)) {
      expect(answer).toMatchObject({ limit: 37, remaining: 0 });
      expect(answer.retryAfterMs).toBeGreaterThan(3_500_000);
      expect(answer.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    }
    for (const database of databases.slice(1)) await database.close();
  });

  test("whoever waits as long as told is allowed; callers and limits do not touch each other", async () => {
    const key = randomUUID();
    const limit = { name: "quick", burst: 2, perSecond: 50 };
    expect(await limiter.take(key, limit, 2)).toMatchObject({
      allowed: true,
      limit: 2,
      remaining: 0,
      retryAfterMs: 0,
    });
    expect(await limiter.take(randomUUID(), slow(1))).toMatchObject({ allowed: true });
    const once = randomUUID();
    expect(await limiter.take(once, slow(1))).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limiter.take(once, slow(1))).toMatchObject({ allowed: false });
    expect(await limiter.take(once, { ...slow(1), name: "other" })).toMatchObject({ allowed: true });
    await expect.poll(async () => (await limiter.take(key, limit)).allowed, { interval: 5 }).toBe(true);
  });

  test("a caller who goes on while denied does not reach the database, and is told the same", async () => {
    const key = randomUUID();
    const limit = { ...slow(2), name: `flood-${key}` };
    await limiter.take(key, limit);
    const decidedAt = async () => {
      const { rows } = await sql<{ readonly seen: string }>`
        select seen_us::text as seen from platform.rate_limits where name = ${limit.name}
      `.execute(t.database.db);
      return rows[0]?.seen;
    };
    await limiter.take(key, limit);
    const first = await limiter.take(key, limit);
    const seen = await decidedAt();
    const again = await limiter.take(key, limit);
    expect(await decidedAt()).toBe(seen);
    expect(again).toMatchObject({ allowed: false, limit: 2, remaining: first.remaining });
    expect(again.retryAfterMs).toBeLessThanOrEqual(first.retryAfterMs);
    expect(again.resetMs).toBeLessThanOrEqual(first.resetMs + 1);
    // Another cost is another question.
    expect(await limiter.take(key, limit, 2)).toMatchObject({ allowed: false });
    expect(await decidedAt()).not.toBe(seen);
  });

  test("what cannot mean anything is refused", async () => {
    for (const limit of [
      slow(0),
      slow(1.5),
      { ...slow(1), perSecond: 0 },
      { ...slow(1), perSecond: Number.NaN },
      slow(1e9),
    ]) {
      await expect(limiter.take("key", limit)).rejects.toThrow(RangeError);
    }
    for (const cost of [0, -1, 3, 1.5]) await expect(limiter.take("key", slow(2), cost)).rejects.toThrow(RangeError);
  });

  test("without the database it lets nobody in", async () => {
    const database = openTestDatabase(t.url);
    await database.close();
    const failure = new RateLimiter({ database }).take("key", slow(1)).catch((error: unknown) => error);
    expect(await failure).toBeInstanceOf(Error);
  });

  test("forgets callers who are whole again, and only those", async () => {
    await sql`delete from platform.rate_limits`.execute(t.database.db);
    const spent = randomUUID();
    await limiter.take(spent, slow(1));
    await limiter.take(randomUUID(), { name: "quick", burst: 1, perSecond: 1_000_000 });
    await expect.poll(() => limiter.cleanUp()).toBe(1);
    expect(await limiter.cleanUp()).toBe(0);
    expect(await limiter.take(spent, slow(1))).toMatchObject({ allowed: false });
  });
});

describe("the statement", () => {
  const intervals = fc.integer({ min: 200, max: 20_000 });
  const bursts = fc.integer({ min: 1, max: 8 });

  test("decides as the model does, request by request", async () => {
    await fc.assert(
      fc.asyncProperty(
        intervals,
        bursts,
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 40 }),
        async (intervalUs, burst, costs) => {
          const keyHash = Buffer.from(`${randomUUID()}`.slice(0, 32));
          let tatUs = 0;
          for (const cost of costs.map((wanted) => Math.min(wanted, burst))) {
            const request = { name: "model", keyHash, costUs: cost * intervalUs, burstUs: burst * intervalUs };
            const decision = await takeRateLimit(t.database.db, request);
            const next = Math.max(tatUs, decision.nowUs) + request.costUs;
            const allowed = next <= decision.nowUs + request.burstUs;
            tatUs = allowed ? next : Math.max(tatUs, decision.nowUs);
            expect(decision).toMatchObject({ allowed, tatUs });
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test("a clock that was set back starts everybody anew instead of locking them out", async () => {
    const keyHash = Buffer.from(randomUUID().slice(0, 32));
    const request = { name: "clock", keyHash, costUs: 3_600_000_000, burstUs: 3_600_000_000 };
    const before = await takeRateLimit(t.database.db, request);
    expect(await takeRateLimit(t.database.db, request)).toMatchObject({ allowed: false });
    await sql`
      update platform.rate_limits set seen_us = seen_us + 7200000000, tat_us = tat_us + 7200000000 where name = 'clock'
    `.execute(t.database.db);
    const after = await takeRateLimit(t.database.db, request);
    expect(after.allowed).toBe(true);
    expect(after.tatUs - before.tatUs).toBeLessThan(7_200_000_000);
  });

  test("never allows more than burst + rate × time, however many ask at once", async () => {
    await fc.assert(
      fc.asyncProperty(intervals, bursts, fc.integer({ min: 10, max: 60 }), async (intervalUs, burst, requests) => {
        const keyHash = Buffer.from(`${randomUUID()}`.slice(0, 32));
        const request = { name: "flood", keyHash, costUs: intervalUs, burstUs: burst * intervalUs };
        const decisions = await Promise.all(
          Array.from({ length: requests }, () => takeRateLimit(t.database.db, request)),
        );
        const times = decisions.map(({ nowUs }) => nowUs);
        const elapsedUs = Math.max(...times) - Math.min(...times);
        const allowed = decisions.filter((decision) => decision.allowed).length;
        expect(allowed).toBeGreaterThanOrEqual(Math.min(burst, requests));
        expect(allowed).toBeLessThanOrEqual(burst + elapsedUs / intervalUs);
      }),
      { numRuns: 25 },
    );
  });
});
