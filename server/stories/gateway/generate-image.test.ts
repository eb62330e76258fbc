import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStudio, type Studio } from "./gateway.testing.ts";

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
beforeEach(() => {
  for (const provider of [studio.gemini, studio.openai]) {
    provider.faults.clear();
    provider.requests.length = 0;
  }
});
afterAll(() => studio.close());

describe("a picture", () => {
  test("is made by Gemini in the ratio of the size, and told with all that was recorded", async () => {
    const made = await studio.make();
    expect(made).toMatchObject({
      mimeType: "image/png",
      hasC2pa: false,
      referenceHash: null,
      metadata: {
        providerUsed: "gemini",
        model: "gemini-nano-banana-2.1",
        fallbackUsed: false,
        fallbackReason: null,
        aspectRatio: "2:3",
        aspectRatioFallback: null,
        originalResolution: "848x1264",
        finalResolution: "848x1264",
        resizedFrom: null,
        resizedTo: null,
        attempts: 1,
        costUsd: "0.033618",
      },
    });
    expect(studio.openai.requests).toEqual([]);
  });

  test("falls back to OpenAI when Gemini is down, resized to what Gemini would have made", async () => {
    studio.gemini.faults.plan({ kind: "status", status: 503, body: {} }, 1);
    const made = await studio.make();
    expect(made.metadata).toMatchObject({
      providerUsed: "openai",
      fallbackUsed: true,
      fallbackReason: "SERVER_ERROR",
      aspectRatio: "2:3",
      aspectRatioFallback: "2:3",
      originalResolution: "1024x1536",
      finalResolution: "848x1264",
      resizedFrom: "1024x1536",
      resizedTo: "848x1264",
      attempts: 2,
    });
    expect(studio.openai.requests).toMatchObject([{ path: "/v1/images/generations", size: "1024x1536" }]);
  });

  test("by sketch needs no key", async () => {
    const made = await studio.make({ providerOverride: "sketch", idempotencyKey: randomUUID() });
    expect(made.metadata).toMatchObject({ providerUsed: "sketch", finalResolution: "1024x1536", costUsd: "0.000000" });
  });
});
