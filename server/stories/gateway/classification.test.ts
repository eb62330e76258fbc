import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { geminiError, retryInfo } from "../../testing/gemini-server.ts";
import { openaiError } from "../../testing/openai-server.ts";
import { providerCases } from "../../testing/provider-cases.ts";
import type { ProviderFault } from "../../testing/provider-faults.ts";
import { classificationTable, classify } from "./classification.ts";
import { openStudio, type Studio } from "./gateway.testing.ts";
import { breakerFailures, defaultProvider, fallbackProvider, providerTimeoutMs } from "./settings.ts";

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
  // So that what is tested is the row, and not the breaker.
  await studio.set(breakerFailures, 100);
});
beforeEach(() => studio.calm());
afterAll(() => studio.close());

const status = (code: number, body: unknown = {}): ProviderFault => ({ kind: "status", status: code, body });

const attemptsOf = async (key: string) => {
  const { rows } = await sql<{ provider: string; state: string; reason: string | null; cost: string }>`
    select provider, state, reason, cost_usd::text as cost
    from stories.generation_attempts where flight_key = ${key} order by ordinal
  `.execute(studio.foundation.database.db);
  return rows;
};
const openIncidents = async () => {
  const { items } = await studio.foundation.incidents.list({ states: ["open"] });
  return items.map(({ key }) => key);
};

describe.each([
  { name: "gemini", other: "openai" },
  { name: "openai", other: "gemini" },
] as const)("$name", ({ name, other }) => {
  const { policy, technical, configuration } = providerCases[name];

  beforeAll(async () => {
    await studio.set(defaultProvider, name);
    await studio.set(fallbackProvider, other);
  });

  test.each(policy)(
    "$signal is a refusal: told as it is, and no other provider hears of it",
    async ({ fault, reason }) => {
      const key = randomUUID();
      studio[name].faults.plan(fault, 1);
      await expect(studio.make({ idempotencyKey: key })).rejects.toMatchObject({
        code: "POLICY_BLOCKED",
        status: 400,
        errors: [{ provider: name, reason, outcome: "policy" }],
      });
      expect(studio[other].requests).toEqual([]);
      expect(await attemptsOf(key)).toMatchObject([{ provider: name, state: "refused", reason }]);
    },
  );

  test.each(technical)("$signal is technical: the other one makes the picture", async ({ fault, reason }) => {
    const key = randomUUID();
    studio[name].faults.plan(fault, 1);
    const made = await studio.make({ idempotencyKey: key });
    expect(made.metadata).toMatchObject({
      providerUsed: other,
      fallbackUsed: true,
      fallbackReason: reason,
      attempts: 2,
    });
    expect(await attemptsOf(key)).toMatchObject([
      { provider: name, state: "failed", reason },
      { provider: other, state: "succeeded", reason: null },
    ]);
  });

  test.each(configuration)(
    "$signal is for a person: an incident, and no other provider unless the setting says so",
    async ({ fault, reason }) => {
      studio[name].faults.plan(fault, 1);
      await expect(studio.make()).rejects.toMatchObject({
        code: "IMAGE_PROVIDER_MISCONFIGURED",
        status: 502,
        errors: [{ provider: name, reason, outcome: "configuration" }],
      });
      expect(studio[other].requests).toEqual([]);
      expect(await openIncidents()).toContain(`image-provider:${name}`);
      await studio.make();
      expect(await openIncidents()).not.toContain(`image-provider:${name}`);
    },
  );

  test("400 is our own fault: 500, an incident, and nobody else is asked the same nonsense", async () => {
    studio[name].faults.plan(
      status(400, { error: { code: "invalid_value", status: "INVALID_ARGUMENT", message: "?" } }),
      1,
    );
    await expect(studio.make()).rejects.toMatchObject({ code: "INTERNAL", status: 500 });
    expect(studio[other].requests).toEqual([]);
    expect(await openIncidents()).toContain(`image-request:${name}`);
  });

  test("no answer in time is technical", async () => {
    await studio.set(providerTimeoutMs, 1_000);
    studio[name].faults.plan({ kind: "hang" }, 1);
    const made = await studio.make();
    await studio.set(providerTimeoutMs, providerTimeoutMs.fallback);
    expect(made.metadata).toMatchObject({ providerUsed: other, fallbackReason: "TIMEOUT" });
  });
});

describe("429", () => {
  beforeAll(async () => {
    await studio.set(defaultProvider, "gemini");
    await studio.set(fallbackProvider, "openai");
  });
  const exhausted = (details: readonly object[] = []) =>
    status(429, geminiError(429, "RESOURCE_EXHAUSTED", "Quota", details));

  test("with a RetryInfo that fits is waited for", async () => {
    studio.gemini.faults.plan(exhausted([retryInfo(0.2)]), 1);
    const made = await studio.make();
    expect(made.metadata).toMatchObject({ providerUsed: "gemini", fallbackUsed: false, attempts: 2 });
    expect(studio.openai.requests).toEqual([]);
  });

  test("with a Retry-After that fits is waited for", async () => {
    await studio.set(defaultProvider, "openai");
    studio.openai.faults.plan(
      {
        kind: "status",
        status: 429,
        body: openaiError("rate_limit_exceeded", "Slow down"),
        headers: { "retry-after": "1" },
      },
      1,
    );
    const made = await studio.make();
    await studio.set(defaultProvider, "gemini");
    expect(made.metadata).toMatchObject({ providerUsed: "openai", fallbackUsed: false, attempts: 2 });
  });

  test.each([
    ["without a time", exhausted()],
    ["with a time beyond the deadline", exhausted([retryInfo(600)])],
  ])("%s goes to the fallback as QUOTA", async (_, fault) => {
    studio.gemini.faults.plan(fault, 1);
    const made = await studio.make();
    expect(made.metadata).toMatchObject({ providerUsed: "openai", fallbackReason: "QUOTA" });
  });

  test("again and again is not waited for without end", async () => {
    studio.gemini.faults.plan(exhausted([retryInfo(0.01)]));
    const made = await studio.make();
    expect(made.metadata).toMatchObject({ providerUsed: "openai", fallbackReason: "QUOTA" });
    expect(studio.gemini.requests).toHaveLength(5);
  });
});

describe("the table", () => {
  test("lets a refusal win over everything that the same answer could also be", () => {
    const facts = ["image:present", "candidates:none", "finishReason:NO_IMAGE", "blockReason:SAFETY"];
    expect(classify({ facts, httpStatus: 200 })).toMatchObject({
      verdict: "policy",
      reason: "SAFETY",
      health: "success",
    });
  });

  test("each row decides alone for its own fact", () => {
    for (const { fact, verdict, reason } of classificationTable) {
      const told = fact.replace("*", "SOMETHING");
      const decided = classify({ facts: [told], httpStatus: null });
      expect(decided.verdict, fact).toBe(verdict);
      expect(decided.reason, fact).toBe(reason ?? told.slice(told.indexOf(":") + 1));
    }
  });

  test("facts that nobody knows are a technical failure, never a picture", () => {
    expect(classify({ facts: ["finishReason:SOMETHING_NEW"], httpStatus: 200 })).toMatchObject({
      verdict: "technical",
    });
    expect(classify({ facts: [], httpStatus: null })).toMatchObject({ verdict: "technical" });
  });
});
