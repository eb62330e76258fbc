import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStudio, referenceOf, type Studio } from "./gateway.testing.ts";
import { promptHmacOf } from "./prompt-hmac.ts";
import { defaultProvider, fallbackProvider } from "./settings.ts";

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
beforeEach(() => studio.calm());
afterAll(() => studio.close());

const jpegBase64 = async () => {
  const background = { r: 200, g: 120, b: 40 };
  const picture = await sharp({ create: { width: 848, height: 1264, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return picture.toString("base64");
};

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

  test("falls back to OpenAI when Gemini is down, resized to what Gemini would have made, and the original is kept", async () => {
    studio.gemini.faults.plan({ kind: "status", status: 503 }, 1);
    const made = await studio.make();
    expect(made.metadata).toMatchObject({
      providerUsed: "openai",
      model: "gpt-image-2.6-flare",
      fallbackUsed: true,
      fallbackReason: "SERVER_ERROR",
      aspectRatio: "2:3",
      aspectRatioFallback: "2:3",
      originalResolution: "1024x1536",
      finalResolution: "848x1264",
      resizedFrom: "1024x1536",
      resizedTo: "848x1264",
      attempts: 2,
      costUsd: "0.047620",
    });
    expect(studio.openai.requests).toMatchObject([{ path: "/v1/images/generations", size: "1024x1536" }]);
    expect(await sharp(made.bytes).metadata()).toMatchObject({ width: 848, height: 1264 });
    const original = await studio.foundation.store.get(made.originalKey ?? "", { bytesMax: 10_000_000 });
    expect(await sharp(original).metadata()).toMatchObject({ width: 1024, height: 1536 });
  });

  test.each([
    ["1024x1536", "2:3", "848x1264"],
    ["1024x1024", "1:1", "1024x1024"],
    ["1792x1024", "16:9", "1376x768"],
    ["1024x1792", "9:16", "768x1376"],
  ] as const)("of %s is asked for in %s", async (size, ratio, resolution) => {
    const made = await studio.make({ size });
    expect(studio.gemini.requests).toMatchObject([{ size: ratio }]);
    expect(made.metadata).toMatchObject({ aspectRatio: ratio, finalResolution: resolution, resizedFrom: null });
  });

  test("of a size that nobody makes is refused before anybody is asked", async () => {
    await expect(studio.make({ size: "800x600" as "1024x1024" })).rejects.toMatchObject({
      code: "UNSUPPORTED_SIZE",
      status: 400,
    });
    expect(studio.gemini.requests).toEqual([]);
  });

  test("is asked for with the very prompt, whatever stands in it", async () => {
    const prompt = `  «Ñandú» 🦊\n\tdos  espacios "comillas" \\ ${randomUUID()}  `;
    await studio.make({ prompt });
    studio.gemini.faults.plan({ kind: "status", status: 500 }, 1);
    await studio.make({ prompt });
    expect([studio.gemini.requests[0]?.prompt, studio.openai.requests[0]?.prompt]).toEqual([prompt, prompt]);
  });

  test("is asked for with the reference: inline at Gemini, by edit at OpenAI", async () => {
    const reference = await referenceOf();
    const byGemini = await studio.make({ reference });
    studio.gemini.faults.plan({ kind: "status", status: 500 }, 1);
    const byOpenai = await studio.make({ reference });
    expect(Buffer.from(studio.gemini.requests[0]?.referenceBytes ?? [])).toEqual(Buffer.from(reference.bytes));
    expect(studio.openai.requests).toMatchObject([{ path: "/v1/images/edits" }]);
    expect(Buffer.from(studio.openai.requests[0]?.referenceBytes ?? [])).toEqual(Buffer.from(reference.bytes));
    expect([byGemini.referenceHash, byOpenai.referenceHash]).toEqual([reference.sha256, reference.sha256]);
  });

  test("is not asked for with a reference that is not what it says", async () => {
    const reference = { ...(await referenceOf()), mimeType: "image/jpeg" as const };
    await expect(studio.make({ reference })).rejects.toMatchObject({ code: "UNSUPPORTED_MIME_TYPE" });
    expect(studio.gemini.requests).toEqual([]);
  });

  test("is the last one that is no thought, in either spelling, and its type is that of its bytes", async () => {
    const [draft, final] = [Buffer.from("a draft").toString("base64"), await jpegBase64()];
    const parts = [
      { text: "First I think." },
      { inline_data: { mime_type: "image/png", data: draft } },
      { inline_data: { mime_type: "image/png", data: final } },
      { inline_data: { mime_type: "image/png", data: draft }, thought: true },
    ];
    studio.gemini.faults.plan(
      { kind: "body", body: { candidates: [{ finish_reason: "STOP", content: { parts } }] } },
      1,
    );
    const made = await studio.make();
    expect(made.mimeType).toBe("image/jpeg");
    expect(made.metadata).toMatchObject({ providerUsed: "gemini", costUsd: "0.067200" });
    expect(made.originalKey).toMatch(/^stories\/[0-9a-f-]{36}\/originals\/[0-9a-f-]{36}\.jpg$/);
  });

  test("says in its own bytes how it came to be", async () => {
    const painted = await studio.make();
    const drawn = await studio.make({ providerOverride: "sketch" });
    const typeOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).xmpAsString ?? "";
    expect(await typeOf(painted.bytes)).toContain("digitalsourcetype/trainedAlgorithmicMedia");
    expect(await typeOf(drawn.bytes)).toContain("digitalsourcetype/algorithmicMedia");
  });

  test("both failed: 502 with the trail of what happened", async () => {
    studio.gemini.faults.plan({ kind: "status", status: 503 }, 1);
    studio.openai.faults.plan({ kind: "reset" }, 1);
    await expect(studio.make()).rejects.toMatchObject({
      code: "IMAGE_GENERATION_FAILED",
      status: 502,
      errors: [
        { provider: "gemini", reason: "SERVER_ERROR", outcome: "technical", httpStatus: 503 },
        { provider: "openai", reason: "NETWORK", outcome: "technical", httpStatus: null },
      ],
    });
  });

  test("a refusal by the fallback is a refusal", async () => {
    studio.gemini.faults.plan({ kind: "status", status: 503 }, 1);
    studio.openai.faults.plan({ kind: "status", status: 400, body: { error: { code: "moderation_blocked" } } }, 1);
    await expect(studio.make()).rejects.toMatchObject({ code: "POLICY_BLOCKED" });
  });
});

describe("who is asked", () => {
  test("is what the settings say, from the next picture on", async () => {
    await studio.set(defaultProvider, "openai");
    await studio.set(fallbackProvider, "sketch");
    studio.openai.faults.plan({ kind: "status", status: 500 }, 1);
    const made = await studio.make();
    expect(made.metadata).toMatchObject({ providerUsed: "sketch", fallbackUsed: true, finalResolution: "1024x1536" });
    await studio.set(fallbackProvider, "none");
    studio.openai.faults.plan({ kind: "status", status: 500 }, 1);
    await expect(studio.make()).rejects.toMatchObject({
      code: "IMAGE_GENERATION_FAILED",
      errors: [{ provider: "openai" }],
    });
    await studio.set(defaultProvider, defaultProvider.fallback);
    await studio.set(fallbackProvider, fallbackProvider.fallback);
    expect((await studio.make()).metadata.providerUsed).toBe("gemini");
  });

  test("by override is that one alone", async () => {
    studio.openai.faults.plan({ kind: "status", status: 500 }, 1);
    await expect(studio.make({ providerOverride: "openai" })).rejects.toMatchObject({
      code: "IMAGE_GENERATION_FAILED",
    });
    expect(studio.gemini.requests).toEqual([]);
    const made = await studio.make({ providerOverride: "openai", size: "1792x1024" });
    expect(made.metadata).toMatchObject({ finalResolution: "1792x1024", resizedFrom: null });
  });

  test("at Gemini are never more than two at once", async () => {
    studio.gemini.faults.slowMs = 50;
    await Promise.all(Array.from({ length: 6 }, () => studio.make()));
    expect(studio.gemini.mostAtOnce()).toBe(2);
  });
});

test("no prompt stands in a log or a row, only its HMAC", async () => {
  const prompt = `A very private wish ${randomUUID()}`;
  const made = await studio.make({ prompt });
  expect(made.promptHmac).toBe(await promptHmacOf(studio.foundation, prompt));
  expect(made.promptHmac).not.toBe(await promptHmacOf(studio.foundation, `${prompt}.`));
  expect(await studio.textOfAttempts()).not.toContain("private wish");
  expect(await studio.textOfAttempts()).toContain(made.promptHmac);
});

test("what happened can be scraped", async () => {
  const text = await studio.foundation.metrics.registry.metrics();
  expect(text).toMatch(/bodega_image_requests_total\{provider="gemini",outcome="image"\} \d/);
  expect(text).toMatch(/bodega_image_request_duration_seconds_count\{provider="openai"\} \d/);
  expect(text).toMatch(/bodega_image_fallbacks_total\{from="gemini",reason="SERVER_ERROR"\} \d/);
  expect(text).toMatch(/bodega_image_policy_blocks_total\{provider="openai"\} 1/);
  expect(text).toMatch(/bodega_breaker_state\{breaker="images-gemini"\} 0/);
});
