import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { geminiBlock, geminiError, geminiFinish, retryInfo } from "../../testing/gemini-server.ts";
import { openaiBlock, openaiError } from "../../testing/openai-server.ts";
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
beforeEach(() => {
  for (const provider of [studio.gemini, studio.openai]) {
    provider.faults.clear();
    provider.requests.length = 0;
  }
});
afterAll(() => studio.close());

const status = (code: number, body: unknown = {}): ProviderFault => ({ kind: "status", status: code, body });
const body = (content: unknown): ProviderFault => ({ kind: "body", body: content });

/** Half of a PNG is a PNG by its first bytes. */
const cutPicture: ProviderFault = {
  kind: "picture",
  change: (base64) => base64.slice(0, Math.floor(base64.length / 8) * 4),
};
const blockedRating = {
  candidates: [
    {
      content: { parts: [{ text: "no" }] },
      finishReason: "STOP",
      safetyRatings: [{ category: "HARM_CATEGORY_DANGEROUS_CONTENT", probability: "HIGH", blocked: true }],
    },
  ],
};

interface Case {
  readonly signal: string;
  readonly fault: ProviderFault;
  readonly reason: string;
}

const policyOfGemini: readonly Case[] = [
  ...["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY"].map((reason) => ({
    signal: `promptFeedback.blockReason ${reason}, with no candidate`,
    fault: body(geminiBlock(reason)),
    reason,
  })),
  ...[
    "SAFETY",
    "IMAGE_SAFETY",
    "PROHIBITED_CONTENT",
    "IMAGE_PROHIBITED_CONTENT",
    "BLOCKLIST",
    "SPII",
    "RECITATION",
    "IMAGE_RECITATION",
  ].map((reason) => ({ signal: `finishReason ${reason}`, fault: body(geminiFinish(reason)), reason })),
  { signal: "a rating with blocked: true", fault: body(blockedRating), reason: "BLOCKED_RATING" },
  {
    signal: "finish_reason in snake case",
    fault: body({ candidates: [{ finish_reason: "IMAGE_SAFETY" }] }),
    reason: "IMAGE_SAFETY",
  },
  {
    signal: "block_reason in snake case",
    fault: body({ prompt_feedback: { block_reason: "SAFETY" } }),
    reason: "SAFETY",
  },
];

const technicalOfGemini: readonly Case[] = [
  { signal: "500", fault: status(500, geminiError(500, "INTERNAL", "Internal error")), reason: "SERVER_ERROR" },
  {
    signal: "503",
    fault: status(503, geminiError(503, "UNAVAILABLE", "The model is overloaded.")),
    reason: "SERVER_ERROR",
  },
  { signal: "504 that is no JSON", fault: status(504, "<html>Gateway Timeout</html>"), reason: "SERVER_ERROR" },
  { signal: "a connection that breaks", fault: { kind: "reset" }, reason: "NETWORK" },
  { signal: "an answer that breaks off", fault: { kind: "cut" }, reason: "NETWORK" },
  ...["NO_IMAGE", "IMAGE_OTHER", "OTHER", "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE"].map((reason) => ({
    signal: `finishReason ${reason}`,
    fault: body(geminiFinish(reason)),
    reason,
  })),
  { signal: "candidates empty without a block reason", fault: body({ candidates: [] }), reason: "EMPTY_CANDIDATES" },
  { signal: "no candidates", fault: body({ usageMetadata: { promptTokenCount: 3 } }), reason: "EMPTY_CANDIDATES" },
  { signal: "text alone", fault: body(geminiFinish("STOP", [{ text: "Here is your fox." }])), reason: "TEXT_ONLY" },
  { signal: "no part at all", fault: body(geminiFinish("STOP")), reason: "EMPTY_IMAGE" },
  { signal: "an answer that is no JSON", fault: body("<html></html>"), reason: "MALFORMED_ANSWER" },
  { signal: "base64 that was cut off", fault: cutPicture, reason: "UNDECODABLE_IMAGE" },
  {
    signal: "base64 that is none",
    fault: { kind: "picture", change: () => "not base64 at all!" },
    reason: "UNDECODABLE_IMAGE",
  },
  {
    signal: "bytes that are no picture",
    fault: { kind: "picture", change: () => Buffer.from("a text").toString("base64") },
    reason: "UNDECODABLE_IMAGE",
  },
];

const configurationOfGemini: readonly Case[] = [
  {
    signal: "400 API_KEY_INVALID",
    fault: status(
      400,
      geminiError(400, "INVALID_ARGUMENT", "API key not valid.", [
        { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" },
      ]),
    ),
    reason: "UNAUTHENTICATED",
  },
  {
    signal: "400 in a region that is not served",
    fault: status(400, geminiError(400, "FAILED_PRECONDITION", "User location is not supported for the API use.")),
    reason: "REGION",
  },
  {
    signal: "400 without billing",
    fault: status(400, geminiError(400, "FAILED_PRECONDITION", "Please enable billing on your project.")),
    reason: "BILLING",
  },
  { signal: "401", fault: status(401, geminiError(401, "UNAUTHENTICATED", "No key")), reason: "UNAUTHENTICATED" },
  { signal: "402", fault: status(402), reason: "BILLING" },
  { signal: "403", fault: status(403, geminiError(403, "PERMISSION_DENIED", "Denied")), reason: "FORBIDDEN" },
  { signal: "404", fault: status(404, geminiError(404, "NOT_FOUND", "No such model")), reason: "MODEL_NOT_FOUND" },
];

const policyOfOpenai: readonly Case[] = [
  { signal: "moderation_blocked", fault: status(400, openaiBlock), reason: "MODERATION_BLOCKED" },
  {
    signal: "content_policy_violation",
    fault: status(400, openaiError("content_policy_violation", "Rejected")),
    reason: "CONTENT_POLICY_VIOLATION",
  },
];

const technicalOfOpenai: readonly Case[] = [
  { signal: "500", fault: status(500, openaiError(null, "Server error", "server_error")), reason: "SERVER_ERROR" },
  { signal: "a connection that breaks", fault: { kind: "reset" }, reason: "NETWORK" },
  { signal: "an answer that breaks off", fault: { kind: "cut" }, reason: "NETWORK" },
  { signal: "no data", fault: body({ created: 1, data: [] }), reason: "EMPTY_CANDIDATES" },
  { signal: "an entry without a picture", fault: body({ created: 1, data: [{}] }), reason: "EMPTY_IMAGE" },
  { signal: "an answer that is no JSON", fault: body("<html></html>"), reason: "MALFORMED_ANSWER" },
  { signal: "base64 that was cut off", fault: cutPicture, reason: "UNDECODABLE_IMAGE" },
];

const configurationOfOpenai: readonly Case[] = [
  { signal: "401", fault: status(401, openaiError("invalid_api_key", "Wrong key")), reason: "UNAUTHENTICATED" },
  {
    signal: "400 billing_hard_limit_reached",
    fault: status(400, openaiError("billing_hard_limit_reached", "Billing hard limit has been reached")),
    reason: "BILLING",
  },
  {
    signal: "429 insufficient_quota",
    fault: status(429, openaiError("insufficient_quota", "You exceeded your current quota", "insufficient_quota")),
    reason: "BILLING",
  },
  {
    signal: "403 unsupported_country_region_territory",
    fault: status(
      403,
      openaiError("unsupported_country_region_territory", "Country, region, or territory not supported"),
    ),
    reason: "REGION",
  },
  {
    signal: "404 model_not_found",
    fault: status(404, openaiError("model_not_found", "gone")),
    reason: "MODEL_NOT_FOUND",
  },
];

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
  {
    name: "gemini",
    other: "openai",
    policy: policyOfGemini,
    technical: technicalOfGemini,
    configuration: configurationOfGemini,
  },
  {
    name: "openai",
    other: "gemini",
    policy: policyOfOpenai,
    technical: technicalOfOpenai,
    configuration: configurationOfOpenai,
  },
] as const)("$name", ({ name, other, policy, technical, configuration }) => {
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
        ...status(429, openaiError("rate_limit_exceeded", "Slow down")),
        headers: { "retry-after": "1" },
      } as ProviderFault,
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
