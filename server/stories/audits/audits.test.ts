import { utimes } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Audit, AuditReport } from "../../foundation/module.ts";
import { testLogger } from "../../testing/test-database.ts";
import { backfillPictures } from "../backfill-pictures.ts";
import { storyOrphanGraceHours } from "../settings.ts";
import { openStoryShop, type StoryShop, sales } from "../stories.testing.ts";
import { missingStoryObjects } from "./missing-objects.ts";
import { orphanStoryObjects } from "./orphan-objects.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop();
});
afterAll(() => shop.close());

const run = (audit: Audit, repair = true): Promise<AuditReport> =>
  audit.run({
    foundation: shop.foundation,
    signal: AbortSignal.timeout(60_000),
    log: testLogger(),
    repair,
    full: true,
  });
const age = (storyId: string) =>
  shop.rows("update stories.story_images set updated_at = now() - interval '1 hour' where story_id = $1", [storyId]);
const png = async () =>
  sharp({ create: { width: 30, height: 40, channels: 3, background: "#28c" } })
    .png()
    .toBuffer();
const upload = async (storyId: string) =>
  shop.ask(sales, "POST", `/v1/stories/${storyId}/images/cover`, 201, {
    imageBase64: (await png()).toString("base64"),
    mimeType: "image/png",
    contentKind: "illustration",
  });

describe("objects of stories", { timeout: 120_000 }, () => {
  it("that are missing are drawn again from the provider's own bytes, the very same", async () => {
    const story = await shop.newStory();
    await shop.illustrate(story.id, { imageTypes: ["character"] });
    const { path, imageHash } = await shop.image(story.id, "character");
    await shop.foundation.store.delete(path);
    await age(story.id);
    expect(await run(missingStoryObjects, false)).toMatchObject({ found: 1, repaired: 0 });
    expect(await run(missingStoryObjects)).toMatchObject({ found: 1, repaired: 1 });
    expect(await run(missingStoryObjects)).toMatchObject({ found: 0 });
    expect(await shop.image(story.id, "character")).toMatchObject({ path, imageHash, version: 1 });
  });

  it("that are missing for good are told of, until there is a picture again", async () => {
    const story = await shop.newStory();
    await upload(story.id);
    const { id, path } = await shop.image(story.id, "cover");
    await shop.foundation.store.delete(path);
    await age(story.id);
    expect(await run(missingStoryObjects)).toMatchObject({ found: 1, repaired: 0 });
    expect(await shop.incident(`story-picture-missing:${id}`)).toMatchObject({ state: "open" });
    await upload(story.id);
    await run(missingStoryObjects);
    expect(await shop.incident(`story-picture-missing:${id}`)).toMatchObject({ state: "resolved" });
  });

  it("that nothing refers to go after the grace time; originals that a repeat would need stay", async () => {
    const { settings, store } = shop.foundation;
    const story = await shop.newStory();
    await shop.illustrate(story.id, { imageTypes: ["character"] });
    const before = await shop.objects(story.id);
    expect(before.some((key) => key.includes("/originals/"))).toBe(true);
    const orphan = `stories/${story.id}/scene_1.png`;
    await store.put(orphan, await png(), { contentType: "image/png" });
    expect(await run(orphanStoryObjects)).toMatchObject({ found: 0 });
    expect(await settings.get(storyOrphanGraceHours)).toBe(24);
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    for (const key of await shop.objects(story.id)) {
      await utimes(join(shop.foundation.config.dataDir, "objects", key), longAgo, longAgo);
    }
    expect(await run(orphanStoryObjects, false)).toMatchObject({ found: 1, repaired: 0 });
    expect(await run(orphanStoryObjects)).toMatchObject({ found: 1, repaired: 1 });
    expect(await shop.objects(story.id)).toEqual(before);
  });
});

describe("the backfill", () => {
  it("completes what is not recorded, gives a lying extension its true name, and says what it cannot", async () => {
    const { store } = shop.foundation;
    const story = await shop.newStory();
    const key = `stories/${story.id}/scene_2.jpeg`;
    await store.put(key, await png(), { contentType: "image/jpeg" });
    const insert =
      "insert into stories.story_images (story_id, image_type, object_key, provider) values ($1, $2, $3, 'openai')";
    await shop.rows(insert, [story.id, "scene_2", key]);
    await shop.rows(insert, [story.id, "scene_3", `stories/${story.id}/scene_3.png`]);
    const report = await backfillPictures(shop.foundation, { signal: AbortSignal.timeout(60_000) });
    expect(report).toMatchObject({ checked: 2, completed: 1, renamed: 1 });
    expect(report.failed).toMatchObject([{ key: `stories/${story.id}/scene_3.png`, reason: "OBJECT_MISSING" }]);
    expect(await shop.image(story.id, "scene_2")).toMatchObject({
      path: `stories/${story.id}/scene_2.png`,
      mimeType: "image/png",
      originalResolution: "30x40",
      finalResolution: "30x40",
      imageHash: expect.any(String),
    });
    const again = await backfillPictures(shop.foundation, { signal: AbortSignal.timeout(60_000) });
    expect(again).toMatchObject({ checked: 1, completed: 0 });
  });
});
