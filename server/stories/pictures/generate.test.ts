import { createHash, randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { geminiBlock, geminiError } from "../../testing/gemini-server.ts";
import { startOpenaiServer } from "../../testing/openai-server.ts";
import type { ProviderServer } from "../../testing/provider-server.ts";
import { eventually, openGeminiShop, problemOf, type StoryShop, sales } from "../stories.testing.ts";

let shop: StoryShop;
let gemini: ProviderServer;
let openai: ProviderServer;
let close: () => Promise<void>;
beforeAll(async () => {
  openai = await startOpenaiServer();
  const keys = { OPENAI_API_KEY: openai.apiKey, OPENAI_BASE_URL: `${openai.url}/v1` };
  ({ shop, gemini, close } = await openGeminiShop(keys));
  await shop.rows("select platform.set_app_setting('providers.breakerFailures', '100', 'test')");
});
afterAll(async () => {
  await close();
  await openai.close();
});
afterEach(() => {
  for (const provider of [gemini, openai]) {
    provider.faults.clear();
    provider.requests.length = 0;
  }
});

const wish = (storyId: string, more: object = {}) => ({
  prompt: "Una zorra naranja con bufanda roja junto al mar.",
  size: "1024x1536",
  storyId,
  imageType: "cover",
  ...more,
});
const generate = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  shop.app.request(sales, "POST", "/v1/images/generate", body, headers);
const generated = (body: object, headers = {}) => shop.ask(sales, "POST", "/v1/images/generate", 201, body, headers);

describe("POST /v1/images/generate", { timeout: 120_000 }, () => {
  it("makes one picture, answers all that is known of it, and puts it in its place", async () => {
    const story = await shop.newStory({ region: "AR" });
    const answer = await generated(wish(story.id));
    expect(answer).toEqual({
      success: true,
      imageUrl: expect.stringContaining(`/media/stories/${story.id}/cover.png?`),
      publicUrl: answer.imageUrl,
      path: `stories/${story.id}/cover.png`,
      mimeType: "image/png",
      metadata: {
        providerUsed: "gemini",
        model: expect.any(String),
        fallbackUsed: false,
        fallbackReason: null,
        aspectRatio: "2:3",
        aspectRatioFallback: null,
        originalResolution: "848x1264",
        finalResolution: "848x1264",
        resizedFrom: null,
        resizedTo: null,
        mimeType: "image/png",
        latencyMs: expect.any(Number),
        attempts: 1,
        costUsd: expect.stringMatching(/^0\.\d+$/),
        consistencyLost: false,
        characterCacheHit: false,
        storyRegion: "AR",
      },
    });
    const fetched = await shop.app.app.request(String(answer.imageUrl));
    expect([fetched.status, (await fetched.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    expect(await shop.image(story.id, "cover")).toMatchObject({ provider: "gemini", version: 1, storyRegion: "AR" });
  });

  it("sends the bytes along only when they are wanted", async () => {
    const story = await shop.newStory();
    const answer = await generated(wish(story.id, { includeBase64: true, imageType: "scene_1" }));
    const { imageHash } = await shop.image(story.id, "scene_1");
    const bytes = Buffer.from(String(answer.imageBase64), "base64");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(imageHash);
  });

  it("answers a character that is there as it is, until its prompt is another or it is forced", async () => {
    const story = await shop.newStory();
    const character = wish(story.id, { imageType: "character", size: "1024x1024" });
    const first = await generated(character);
    expect(first).toMatchObject({ path: `stories/${story.id}/character.png`, metadata: { characterCacheHit: false } });
    expect(await generated(character)).toMatchObject({ path: first.path, metadata: { characterCacheHit: true } });
    expect(gemini.requests).toHaveLength(1);
    expect(await generated({ ...character, prompt: "Un oso azul." })).toMatchObject({
      metadata: { characterCacheHit: false },
    });
    expect(gemini.requests).toHaveLength(2);
    const cover = await generated(wish(story.id));
    expect(cover).toMatchObject({ metadata: { characterCacheHit: true, consistencyLost: false } });
    expect(gemini.requests.at(-1)?.referenceBytes).not.toBeNull();
  });

  it("costs nothing more when it is repeated with its key, at once or later", async () => {
    const story = await shop.newStory();
    gemini.faults.slowMs = 200;
    const key = { "idempotency-key": randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => generate(wish(story.id), key)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    // Who asks while the first is being written down is told so, and asks again.
    for (const answer of answers) if (answer.status !== 201) await problemOf(answer, 409, "REQUEST_IN_PROGRESS");
    const { path } = await generated(wish(story.id), key);
    for (const answer of made) expect(await answer.json()).toMatchObject({ path });
    expect(gemini.requests).toHaveLength(1);
    expect(await shop.image(story.id, "cover")).toMatchObject({ version: 1 });
    await problemOf(await generate(wish(story.id, { prompt: "Otra." }), key), 422, "IDEMPOTENCY_KEY_REUSED");
  });

  it("falls back for a technical failure, and says so", async () => {
    gemini.faults.plan({ kind: "status", status: 503, body: geminiError(503, "UNAVAILABLE", "Overloaded.") }, 1);
    const story = await shop.newStory();
    const answer = await generated(wish(story.id));
    expect(answer).toMatchObject({
      metadata: { providerUsed: "openai", fallbackUsed: true, fallbackReason: expect.any(String), attempts: 2 },
    });
  });

  it("never takes a refusal to another provider", async () => {
    gemini.faults.plan({ kind: "body", body: geminiBlock("PROHIBITED_CONTENT") }, 1);
    const story = await shop.newStory();
    await problemOf(await generate(wish(story.id)), 400, "POLICY_BLOCKED");
    expect([gemini.requests.length, openai.requests.length]).toEqual([1, 0]);
    expect((await shop.story(story.id)).images).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["a size that cannot be made", { size: "640x480" }, "UNSUPPORTED_SIZE"],
    ["an empty prompt", { prompt: " \n" }, "PROMPT_TOO_SHORT"],
    ["two references", { referenceImageBase64: ["AA==", "AA=="] }, "REFERENCE_LIMIT"],
    ["two references, one of each kind", { referenceImageBase64: "AA==", referenceImagePath: "x" }, "REFERENCE_LIMIT"],
    ["a reference that is no picture", { referenceImageBase64: "AAAA" }, "UNSUPPORTED_MIME_TYPE"],
    ["a reference that is no base64", { referenceImageBase64: "ñ" }, "VALIDATION_FAILED"],
    ["a type that no story has", { imageType: "scene_5" }, "VALIDATION_FAILED"],
    ["a chapter that leads elsewhere", { chapterId: "../x" }, "VALIDATION_FAILED"],
  ])("refuses %s before it costs anything", async (_what, more, code) => {
    const story = await shop.newStory();
    await problemOf(await generate(wish(story.id, more)), 400, code);
    expect(gemini.requests).toEqual([]);
  });

  it("takes one reference, by its bytes or by the path of a picture of the same story alone", async () => {
    const story = await shop.newStory();
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    const referenceImageBase64 = bytes.toString("base64");
    await generated(wish(story.id, { referenceImageBase64, referenceImageMimeType: "image/jpeg" }));
    expect(Buffer.from(gemini.requests[0]?.referenceBytes ?? []).equals(bytes)).toBe(true);
    const lying = wish(story.id, { referenceImageBase64, referenceImageMimeType: "image/png" });
    await problemOf(await generate(lying), 400, "UNSUPPORTED_MIME_TYPE");
    const { path } = await shop.image(story.id, "cover");
    await generated(wish(story.id, { imageType: "scene_1", referenceImagePath: path }));
    const other = await shop.newStory();
    await problemOf(await generate(wish(other.id, { referenceImagePath: path })), 404, "NOT_FOUND");
  });

  it("keeps pictures of chapters apart from those of the whole story", async () => {
    const story = await shop.newStory();
    expect(await generated(wish(story.id, { chapterId: "cap-1" }))).toMatchObject({
      path: `stories/${story.id}/cap-1/cover.png`,
    });
    const { images } = await shop.story(story.id);
    expect(images.map(({ chapterId }) => chapterId)).toEqual(["cap-1"]);
  });

  it("stops when its caller goes away, and asks nobody else", async () => {
    gemini.faults.plan({ kind: "hang" });
    const story = await shop.newStory();
    const caller = new AbortController();
    const request = new Request("http://shop/v1/images/generate", {
      method: "POST",
      body: JSON.stringify(wish(story.id)),
      signal: caller.signal,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${await shop.app.tokenFor(sales)}`,
      },
    });
    const answer = Promise.resolve(shop.app.app.fetch(request)).catch(() => null);
    await eventually("the provider to be asked", async () => gemini.requests.length === 1);
    caller.abort();
    await answer;
    await eventually("the attempt to be closed", async () => {
      const [row] = await shop.rows<{ readonly state: string }>(
        "select state from stories.generation_attempts where story_id = $1",
        [story.id],
      );
      return row?.state === "cancelled";
    });
    expect(openai.requests).toEqual([]);
  });
});
