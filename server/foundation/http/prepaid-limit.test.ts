import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { RateLimiter } from "../resilience/rate-limiter.ts";
import { PrepaidLimit } from "./prepaid-limit.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

// One more comes back in a hundred seconds: none while the test runs.
const limit = { name: "test", burst: 300, perSecond: 0.01 };

it("four instances together let through no more than the limit, and nearly all of it", async () => {
  const key = randomUUID();
  const databases = Array.from({ length: 4 }, () => openTestDatabase(test.url));
  const instances = databases.map((database) => new PrepaidLimit(new RateLimiter({ database })));
  let allowed = 0;
  const hammer = async (instance: PrepaidLimit) => {
    for (let i = 0; i < 120; i += 1) if ((await instance.take(key, limit)).allowed) allowed += 1;
  };
  await Promise.all(instances.flatMap((instance) => [hammer(instance), hammer(instance)]));
  expect(allowed).toBeLessThanOrEqual(300);
  // Eight flights of 16 at most may be paid for and unused.
  expect(allowed).toBeGreaterThanOrEqual(300 - 8 * 16);
  await Promise.all(databases.map((database) => database.close()));
});

it("a busy caller is asked about far less often than it asks; a calm one is not charged for more than it does", async () => {
  const limiter = new RateLimiter({ database: test.database });
  const costs: number[] = [];
  const counted = new PrepaidLimit({
    take: (key, of, cost = 1) => {
      costs.push(cost);
      return limiter.take(key, of, cost);
    },
  });
  const busy = randomUUID();
  for (let i = 0; i < 100; i += 1) expect((await counted.take(busy, limit)).allowed).toBe(true);
  expect(costs.length).toBeLessThan(25);
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThan(100 + 16);
  costs.length = 0;
  for (let i = 0; i < 5; i += 1) await counted.take(randomUUID(), limit);
  expect(costs).toEqual([1, 1, 1, 1, 1]);
});

it("what is told to be left counts what was paid ahead", async () => {
  const instance = new PrepaidLimit(new RateLimiter({ database: test.database }));
  const key = randomUUID();
  const told: number[] = [];
  for (let i = 0; i < 20; i += 1) told.push((await instance.take(key, limit)).remaining);
  expect(told).toEqual(Array.from({ length: 20 }, (_one, i) => 299 - i));
});
