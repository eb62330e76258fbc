import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, openStoryShop, type StoryShop, sales } from "../stories.testing.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop();
});
afterAll(() => shop.close());

/** A white sheet with a figure of one colour on it. */
async function figure(colour: string): Promise<string> {
  const body = await sharp({ create: { width: 120, height: 200, channels: 3, background: colour } })
    .png()
    .toBuffer();
  const sheet = sharp({ create: { width: 256, height: 256, channels: 3, background: "#fdfdfb" } });
  return (
    await sheet
      .composite([{ input: body, left: 60, top: 30 }])
      .png()
      .toBuffer()
  ).toString("base64");
}

const put = async (storyId: string, type: string, colour: string) =>
  shop.ask(sales, "POST", `/v1/stories/${storyId}/images/${type}`, 201, {
    imageBase64: await figure(colour),
    mimeType: "image/png",
    contentKind: "illustration",
  });

describe("the check without models", () => {
  it("keeps with each picture how much of the character's colours it has, and what is nearly the same", async () => {
    const story = await shop.newStory();
    await put(story.id, "character", "#d9622b");
    await put(story.id, "cover", "#d9622b");
    await put(story.id, "scene_1", "#2b4fd9");
    const { images } = await eventually("the check", async () => {
      const present = await shop.story(story.id);
      return present.images.filter(({ paletteDrift }) => paletteDrift !== null).length === 2 ? present : null;
    });
    const driftOf = (type: string) => images.find(({ imageType }) => imageType === type)?.paletteDrift;
    expect(driftOf("character")).toBeNull();
    expect(driftOf("cover")).toMatchObject({ hasPaletteDrift: false, referenceSent: null });
    expect(driftOf("scene_1")).toMatchObject({
      hasPaletteDrift: true,
      nearDuplicates: ["cover"],
      warnings: expect.arrayContaining(["PALETTE_DRIFT"]),
    });
  });
});
