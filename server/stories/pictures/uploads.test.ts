import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStoryShop, problemOf, type StoryShop, sales } from "../stories.testing.ts";
import { bytesOfUpload } from "./receive-upload.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop({ background: false });
});
afterAll(() => shop.close());

const drawn = () =>
  sharp({
    create: {
      width: 60,
      height: 90,
      channels: 3,
      background: "#3a7",
      noise: { type: "gaussian", mean: 120, sigma: 9 },
    },
  });
/** As a camera leaves it. */
const photo = () =>
  drawn()
    .jpeg()
    .withExif({ IFD0: { Make: "Canon", Model: "EOS" } })
    .toBuffer();
const base64 = (bytes: Uint8Array, mimeType: string, more: object = {}) => ({
  imageBase64: Buffer.from(bytes).toString("base64"),
  mimeType,
  ...more,
});
const send = (storyId: string, body: object, type = "cover") =>
  shop.app.request(sales, "POST", `/v1/stories/${storyId}/images/${type}`, body);
const sent = (storyId: string, body: object, type = "cover") =>
  shop.ask(sales, "POST", `/v1/stories/${storyId}/images/${type}`, 201, body);

async function sendForm(
  storyId: string,
  bytes: Uint8Array,
  name: string,
  fields: Readonly<Record<string, string>> = {},
) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), name);
  const authorization = `Bearer ${await shop.app.tokenFor(sales)}`;
  return shop.app.app.request(`/v1/stories/${storyId}/images/cover`, {
    method: "POST",
    body: form,
    headers: { authorization },
  });
}

describe("uploading a picture", () => {
  it("keeps the very bytes under their true type and name, and tells of it", async () => {
    const story = await shop.newStory();
    const bytes = await drawn().png().toBuffer();
    const answer = await sent(story.id, base64(bytes, "image/png", { providerUsed: "openai", model: "gpt-image-1" }));
    expect(answer).toMatchObject({
      success: true,
      path: `stories/${story.id}/cover.png`,
      mimeType: "image/png",
      extension: "png",
      providerUsed: "openai",
      image: { originalResolution: "60x90", finalResolution: "60x90", sizeBytes: bytes.byteLength, version: 1 },
    });
    const stored = await shop.foundation.store.get(String(answer.path), { bytesMax: 1_000_000 });
    expect(Buffer.compare(stored, bytes)).toBe(0);
    expect((await shop.events(story.id)).at(-1)).toMatchObject({ phase: "image_uploaded", imageType: "cover" });
  });

  it("takes a PNG that is named .jpeg for the PNG that it is", async () => {
    const story = await shop.newStory();
    const answer = await sendForm(story.id, await drawn().png().toBuffer(), "cover.jpeg");
    expect(await answer.json()).toMatchObject({ mimeType: "image/png", path: `stories/${story.id}/cover.png` });
  });

  it("replaces what is there, which can be taken back", async () => {
    const story = await shop.newStory();
    await sent(story.id, base64(await drawn().jpeg().toBuffer(), "image/jpeg"));
    const second = await sent(story.id, base64(await drawn().png().toBuffer(), "image/png"));
    expect(second).toMatchObject({ image: { version: 2 } });
    const path = `/v1/stories/${story.id}/images/cover/versions`;
    expect((await shop.ask(sales, "GET", path, 200)).items).toMatchObject([
      { picture: { extension: "jpeg", version: 1 } },
    ]);
    await problemOf(await shop.app.request(sales, "POST", `${path}/9/use`), 404, "NOT_FOUND");
  });

  it("refuses a type that is not that of the bytes, and types that no story has", async () => {
    const story = await shop.newStory();
    const png = await drawn().png().toBuffer();
    const webp = await drawn().webp().toBuffer();
    for (const body of [
      base64(png, "image/jpeg"),
      base64(webp, "image/webp"),
      base64(webp, "image/png"),
      base64(Buffer.from("<svg/>"), "image/png"),
    ]) {
      await problemOf(await send(story.id, body), 400, "UNSUPPORTED_MIME_TYPE");
    }
    expect(await shop.objects(story.id)).toEqual([]);
  });

  it("refuses what is damaged, incomplete, too large, or not what it says", async () => {
    const story = await shop.newStory();
    const png = await drawn().png().toBuffer();
    const hash = createHash("sha256").update("x").digest("hex");
    for (const body of [
      base64(png.subarray(0, png.length / 2), "image/png"),
      { imageBase64: png.toString("base64") },
      base64(png, "image/png", { imageHash: hash }),
      base64(png, "image/png", { imageUrl: "https://example.com/a.png" }),
      {},
    ]) {
      await problemOf(await send(story.id, body), 400, "VALIDATION_FAILED");
    }
    const large = Buffer.concat([png, Buffer.alloc(12 * 1024 * 1024)]);
    await problemOf(await send(story.id, base64(large, "image/png")), 413, "PAYLOAD_TOO_LARGE");
    await problemOf(await sendForm(story.id, large, "a.png"), 413, "PAYLOAD_TOO_LARGE");
    expect(await shop.objects(story.id)).toEqual([]);
  });
});

describe("photos of children", () => {
  const refusals = () =>
    shop.rows<{ readonly policy_context: string; readonly story_region: string | null }>(
      "select policy_context, story_region from stories.refused_uploads order by id",
    );

  it("are not taken from the EEA, Switzerland, the United Kingdom or nobody knows where, and that is recorded", async () => {
    const before = (await refusals()).length;
    const bytes = await drawn().jpeg().toBuffer();
    for (const region of ["ES", "NO", "CH", "UK", "GB", null]) {
      const story = await shop.newStory({ region });
      const body = base64(bytes, "image/jpeg", { contentKind: "child_photo" });
      const problem = await problemOf(await send(story.id, body), 400, "CHILD_UPLOAD_RESTRICTED");
      expect(problem.errors).toMatchObject([{ policyContext: "child_upload_restricted" }]);
      expect(await shop.objects(story.id)).toEqual([]);
    }
    const rows = (await refusals()).slice(before);
    expect(rows.map(({ story_region }) => story_region)).toEqual(["ES", "NO", "CH", "GB", "GB", null]);
    expect(new Set(rows.map(({ policy_context }) => policy_context))).toEqual(new Set(["child_upload_restricted"]));
  });

  it("are what a camera took and nobody said what it shows", async () => {
    const story = await shop.newStory({ region: "FR" });
    await problemOf(await send(story.id, base64(await photo(), "image/jpeg")), 400, "CHILD_UPLOAD_RESTRICTED");
    await sent(story.id, base64(await photo(), "image/jpeg", { contentKind: "photo" }));
    await sent(story.id, base64(await drawn().jpeg().toBuffer(), "image/jpeg"));
  });

  it("are taken from elsewhere; the request says where before the story does", async () => {
    const story = await shop.newStory({ region: "ES" });
    const body = base64(await photo(), "image/jpeg", { contentKind: "child_photo", storyRegion: "AR" });
    expect(await sent(story.id, body)).toMatchObject({ image: { storyRegion: "AR" } });
  });
});

describe("a picture from an outside address", () => {
  it("is never fetched from inside", async () => {
    const story = await shop.newStory();
    for (const imageUrl of [
      "http://127.0.0.1:1/a.png",
      "http://169.254.169.254/",
      "file:///etc/passwd",
      "http://localhost/",
    ]) {
      const problem = await problemOf(await send(story.id, { imageUrl }), 400, "VALIDATION_FAILED");
      expect(problem.errors).toMatchObject([{ path: "imageUrl" }]);
    }
  });

  it("is fetched once, within its bounds", async () => {
    const bytes = await drawn().png().toBuffer();
    const server = createServer((request, response) => {
      if (request.url === "/a.png") response.end(bytes);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const limits = { bytesMax: 1_000_000, signal: new AbortController().signal };
    const fetched = (imageUrl: string, bounds = limits) => bytesOfUpload({ imageUrl }, bounds, () => true);
    expect(Buffer.compare(await fetched(`${url}/a.png`), bytes)).toBe(0);
    await expect(fetched(`${url}/b.png`)).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    await expect(fetched(`${url}/a.png`, { ...limits, bytesMax: 10 })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    await server[Symbol.asyncDispose]();
  });
});
