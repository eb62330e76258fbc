import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStoryShop, type StoryShop } from "../stories.testing.ts";
import { imageTypes } from "../types.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop();
});
afterAll(() => shop.close());

describe("an illustration run", () => {
  it("makes the character first, then all others with its picture sent along, and tells of each", async () => {
    const story = await shop.newStory();
    const run = await shop.illustrate(story.id);
    expect(run).toMatchObject({ state: "done", code: null, characterCacheHit: false, consistencyLost: false });
    expect(run.images.map(({ imageType, state }) => [imageType, state])).toEqual(
      imageTypes.map((type) => [type, "done"]),
    );
    const { images } = await shop.story(story.id);
    expect(images.map(({ imageType }) => imageType)).toEqual(imageTypes);
    const [character, ...others] = images;
    expect(character?.path).toBe(`stories/${story.id}/character.png`);
    for (const other of others) expect(other.referenceHash).toBe(character?.imageHash);
    const told = await shop.events(story.id);
    expect(told.map(({ phase }) => phase).slice(0, 5)).toEqual([
      "story_created",
      "run_queued",
      "run_started",
      "image_started",
      "image_done",
    ]);
    expect(told.at(-1)).toMatchObject({ phase: "run_finished", state: "done", runId: run.id });
  });
});
