import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import { imageRequest, openStudio, type Studio } from "./gateway.testing.ts";
import { strandedFlights } from "./stranded-flights.ts";

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
beforeEach(() => studio.calm());
afterAll(() => studio.close());

const charged = () => studio.gemini.requests.filter(({ isCharged }) => isCharged).length;
const run = (statement: ReturnType<typeof sql>) => statement.execute(studio.foundation.database.db);
/** As if the process that has it had died long ago. */
const endLease = (key: string) =>
  run(sql`update stories.image_flights set lease_until = clock_timestamp() - interval '5 minutes' where key = ${key}`);
const attemptsOf = async (key: string) => {
  const { rows } = await sql<{ readonly state: string; readonly reason: string | null; readonly cost: string }>`
    select state, reason, cost_usd::text as cost from stories.generation_attempts where flight_key = ${key} order by ordinal
  `.execute(studio.foundation.database.db);
  return rows;
};
/** A picture whose process died at its call: it goes on hanging here, and nobody hears of it. */
async function die(request: ReturnType<typeof imageRequest>): Promise<AbortController> {
  const life = new AbortController();
  const seen = studio.gemini.requests.length;
  studio.gemini.faults.plan({ kind: "hang" }, 1);
  void studio.make(request, life.signal).catch(() => undefined);
  await expect.poll(() => studio.gemini.requests.length).toBe(seen + 1);
  await endLease(request.idempotencyKey);
  return life;
}

describe("one wish", () => {
  test("asked ten times at once is made and paid once, and all get the same picture", async () => {
    studio.gemini.faults.slowMs = 100;
    const request = imageRequest();
    const pictures = await Promise.all(Array.from({ length: 10 }, () => studio.make(request)));
    expect(charged()).toBe(1);
    expect(new Set(pictures.map(({ imageHash }) => imageHash)).size).toBe(1);
    expect(new Set(pictures.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(1);
  });

  test("asked again later is answered with what was made, without a call", async () => {
    const request = imageRequest();
    const first = await studio.make(request);
    const again = await studio.make(request);
    expect(studio.gemini.requests).toHaveLength(1);
    expect(Buffer.from(again.bytes)).toEqual(Buffer.from(first.bytes));
    expect(again).toMatchObject({ metadata: first.metadata, originalKey: first.originalKey });
  });

  test("under a key that stands for another one is refused", async () => {
    const request = imageRequest();
    await studio.make(request);
    await expect(studio.make({ ...request, prompt: "Something else" })).rejects.toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
    expect(studio.gemini.requests).toHaveLength(1);
  });

  test("that fails, fails once for all who wait, and may be tried anew", async () => {
    studio.gemini.faults.slowMs = 2_000;
    studio.gemini.faults.plan({ kind: "status", status: 400, body: { error: { status: "INVALID_ARGUMENT" } } }, 1);
    const request = imageRequest();
    const failures = await Promise.all(
      Array.from({ length: 5 }, () => studio.make(request).catch((error: unknown) => error)),
    );
    expect(failures).toMatchObject(
      Array.from({ length: 5 }, () => ({ code: "INTERNAL", errors: [{ provider: "gemini" }] })),
    );
    expect(studio.gemini.requests).toHaveLength(1);
    expect((await studio.make(request)).metadata.providerUsed).toBe("gemini");
  });
});

test("a wish that one provider refused is not carried to another one when it is tried again and the first is away", async () => {
  const request = imageRequest();
  studio.gemini.faults.plan({ kind: "body", body: { promptFeedback: { blockReason: "SAFETY" } } }, 1);
  await expect(studio.make(request)).rejects.toMatchObject({ code: "POLICY_BLOCKED" });
  studio.gemini.faults.plan({ kind: "status", status: 503 }, 1);
  await expect(studio.make(request)).rejects.toMatchObject({ code: "POLICY_BLOCKED" });
  expect(studio.openai.requests).toEqual([]);
});

describe("a process that dies", () => {
  test("at its call: another takes over, under the same key at the provider, and the lost call is counted", async () => {
    const request = imageRequest();
    const life = await die(request);
    const made = await studio.make(request);
    const keys = studio.gemini.requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(await attemptsOf(request.idempotencyKey)).toMatchObject([
      { state: "lost", reason: "PROCESS_DIED", cost: "0.033600" },
      { state: "succeeded" },
    ]);
    expect(made.metadata).toMatchObject({ attempts: 2, costUsd: "0.067218" });
    life.abort();
  });

  test("after the picture was recorded: another answers with it, and nothing is paid again", async () => {
    const request = imageRequest();
    const made = await studio.make(request);
    await run(sql`
      update stories.image_flights
      set state = 'flying', attempt_id = null, ended_at = null, holder = gen_random_uuid(), lease_until = now() - interval '1 s'
      where key = ${request.idempotencyKey}
    `);
    const again = await studio.make(request);
    expect(again.imageHash).toBe(made.imageHash);
    expect(studio.gemini.requests).toHaveLength(1);
  });

  test("and whose wish nobody repeats is found by the sweep: its attempt is closed", async () => {
    const request = imageRequest();
    const life = await die(request);
    const { foundation } = studio;
    const context = { foundation, signal: AbortSignal.timeout(20_000), log: testLogger(), full: true };
    expect(await strandedFlights.run({ ...context, repair: false })).toMatchObject({ found: 1, repaired: 0 });
    expect(await strandedFlights.run({ ...context, repair: true })).toMatchObject({ found: 1, repaired: 1 });
    expect(await attemptsOf(request.idempotencyKey)).toMatchObject([{ state: "lost", cost: "0.033600" }]);
    expect(await strandedFlights.run({ ...context, repair: true })).toMatchObject({ found: 0 });
    life.abort();
  });

  test("and comes back after another took over does not disturb what that one made", async () => {
    const request = imageRequest();
    studio.gemini.faults.slowMs = 600;
    const frozen = studio.make(request);
    await expect.poll(async () => (await attemptsOf(request.idempotencyKey)).length).toBe(1);
    await endLease(request.idempotencyKey);
    const made = await studio.make(request);
    expect((await frozen).imageHash).toBe(made.imageHash);
    expect(charged()).toBe(1);
  });
});

describe("a caller who goes away", () => {
  test("stops the call: no fallback, and the attempt is recorded", async () => {
    const request = imageRequest();
    const leaving = new AbortController();
    studio.gemini.faults.plan({ kind: "hang" }, 1);
    const asked = studio.make(request, leaving.signal).catch((error: unknown) => error);
    await expect.poll(() => studio.gemini.requests.length).toBe(1);
    leaving.abort(new Error("the tab was closed"));
    expect(await asked).toMatchObject({ message: "the tab was closed" });
    expect(studio.openai.requests).toEqual([]);
    expect(await attemptsOf(request.idempotencyKey)).toMatchObject([{ state: "cancelled", reason: "CANCELLED" }]);
  });

  test("does not take along those who wait for the same picture", async () => {
    const request = imageRequest();
    const leaving = new AbortController();
    studio.gemini.faults.plan({ kind: "hang" }, 1);
    const asked = studio.make(request, leaving.signal).catch((error: unknown) => error);
    await expect.poll(() => studio.gemini.requests.length).toBe(1);
    const waiting = studio.make(request);
    leaving.abort(new Error("away"));
    expect(await asked).toMatchObject({ message: "away" });
    expect((await waiting).metadata.providerUsed).toBe("gemini");
  });

  test("is not counted against the provider", async () => {
    const { rows } = await sql<{ readonly failures: number }>`
      select failures from platform.breakers where name = 'images-gemini'
    `.execute(studio.foundation.database.db);
    expect(rows).toEqual([{ failures: 0 }]);
  });
});

test("a store that is away is told as ours, and the same call at the provider is asked for again", async () => {
  const request = imageRequest({ storyId: randomUUID() });
  const put = studio.foundation.store.put.bind(studio.foundation.store);
  Object.assign(studio.foundation.store, { put: () => Promise.reject(new Error("disk full")) });
  await expect(studio.make(request)).rejects.toThrow("disk full");
  Object.assign(studio.foundation.store, { put });
  expect(await attemptsOf(request.idempotencyKey)).toMatchObject([{ state: "failed", reason: "STORE_FAILED" }]);
  await studio.make(request);
  expect(charged()).toBe(1);
  expect(studio.openai.requests).toEqual([]);
});

test("an attempt that was left open though its flight is over is closed by the sweep", async () => {
  const request = imageRequest();
  await studio.make(request);
  await run(sql`
    update stories.generation_attempts
    set state = 'started', ended_at = null, cost_usd = null, original_key = null, original_mime_type = null,
      original_resolution = null, has_c2pa = null, started_at = now() - interval '1 hour'
    where flight_key = ${request.idempotencyKey}
  `);
  const { foundation } = studio;
  const context = { foundation, signal: AbortSignal.timeout(20_000), log: testLogger(), full: true };
  expect(await strandedFlights.run({ ...context, repair: false })).toMatchObject({ found: 1, repaired: 0 });
  expect(await strandedFlights.run({ ...context, repair: true })).toMatchObject({ found: 1, repaired: 1 });
  expect(await attemptsOf(request.idempotencyKey)).toMatchObject([{ state: "lost", cost: "0.033600" }]);
});

test("a picture whose attempt was forgotten is made anew", async () => {
  const request = imageRequest();
  await studio.make(request);
  await run(sql`delete from stories.generation_attempts where flight_key = ${request.idempotencyKey}`);
  expect((await studio.make(request)).metadata).toMatchObject({ providerUsed: "gemini", attempts: 1 });
});
