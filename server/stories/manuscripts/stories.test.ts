import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StorySummary } from "../schemas.ts";
import { admin, eventually, openStoryShop, problemOf, type StoryShop, sales, scenesOf } from "../stories.testing.ts";
import { imageTypes } from "../types.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop();
});
afterAll(() => shop.close());

describe("stories", () => {
  it("are made, read, changed and deleted, each told of on the topic", async () => {
    const story = await shop.newStory({ region: "uk", author: " Ana " });
    expect(story).toMatchObject({ region: "GB", author: "Ana", language: "es", warnings: [], images: [], run: null });
    const path = `/v1/stories/${story.id}`;
    const etag = (await shop.app.request(sales, "GET", path)).headers.get("etag") ?? "";
    await problemOf(await shop.app.request(sales, "PATCH", path, { title: "B" }), 428, "PRECONDITION_REQUIRED");
    const changed = await shop.ask(sales, "PATCH", path, 200, { title: "B" }, { "if-match": etag });
    expect(changed).toMatchObject({ title: "B", content: story.content, version: 2 });
    const stale = await shop.app.request(sales, "PATCH", path, { title: "C" }, { "if-match": etag });
    await problemOf(stale, 412, "PRECONDITION_FAILED");
    expect((await shop.app.request(sales, "DELETE", path)).status).toBe(204);
    await problemOf(await shop.app.request(sales, "GET", path), 404, "NOT_FOUND");
    expect((await shop.events(story.id)).map(({ phase }) => phase)).toEqual([
      "story_created",
      "story_changed",
      "story_deleted",
    ]);
  });

  it("take the objects of their pictures with them when they are deleted", async () => {
    const story = await shop.newStory();
    const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    const upload = { imageBase64: pixel, mimeType: "image/png", contentKind: "illustration" };
    await shop.ask(sales, "POST", `/v1/stories/${story.id}/images/cover`, 201, upload);
    expect(await shop.objects(story.id)).toHaveLength(1);
    await shop.app.request(sales, "DELETE", `/v1/stories/${story.id}`);
    await eventually("the objects to go", async () => (await shop.objects(story.id)).length === 0);
  });

  it("have scenes with exactly the seven keys, or none", async () => {
    const { closing: _, ...six } = scenesOf();
    for (const scenes of [six, { ...scenesOf(), scene_5: "x" }, { ...scenesOf(), cover: 1 }, [], "x"]) {
      const answer = await shop.app.request(sales, "POST", "/v1/stories", { title: "A", scenes });
      await problemOf(answer, 400, "VALIDATION_FAILED");
    }
    const insert = "insert into stories.stories (title, scenes) values ('A', $1)";
    for (const scenes of [six, { ...scenesOf(), scene_5: "x" }, { ...scenesOf(), cover: null }, []]) {
      await expect(shop.rows(insert, [JSON.stringify(scenes)])).rejects.toMatchObject({ code: "23514" });
    }
    const [row] = await shop.rows<{ readonly types: string[] }>("select stories.image_types() as types");
    expect(row?.types).toEqual([...imageTypes]);
  });

  it("warn of a character that is described in fewer than 100 characters or without its look, and keep it as it is", async () => {
    const story = await shop.newStory({ scenes: { ...scenesOf(), character: "Una zorra.", scene_1: "" } });
    expect(story.warnings.map(({ code, path }) => [code, path])).toEqual([
      ["SCENE_EMPTY", "scenes.scene_1"],
      ["CHARACTER_TOO_SHORT", "scenes.character"],
      ["CHARACTER_WITHOUT_LOOK", "scenes.character"],
    ]);
    expect(story.scenes?.character).toBe("Una zorra.");
  });

  it("are listed newest first, page by page, and found by their words whatever their accents", async () => {
    const word = `Ñandú${Date.now()}`;
    const ids: string[] = [];
    for (const title of ["uno", "dos", "tres"]) ids.unshift((await shop.newStory({ title: `${word} ${title}` })).id);
    const query = `/v1/stories?query=${encodeURIComponent(word.normalize("NFD").replace(/\p{M}/gu, ""))}`;
    const first = await shop.ask(sales, "GET", `${query}&limit=2`, 200);
    const second = await shop.ask(sales, "GET", `${query}&limit=2&cursor=${String(first.nextCursor)}`, 200);
    const items = [...(first.items as StorySummary[]), ...(second.items as StorySummary[])];
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(items[0]).toMatchObject({ hasScenes: true, coverUrl: null, pictureCount: 0, runState: null });
    expect(second.nextCursor).toBeNull();
    await problemOf(await shop.app.request(sales, "GET", "/v1/stories?cursor=x"), 400, "VALIDATION_FAILED");
  });

  it("are made once for one key", async () => {
    const key = { "idempotency-key": `story-${Date.now()}` };
    const first = await shop.ask(admin, "POST", "/v1/stories", 201, { title: "Una vez" }, key);
    expect(await shop.ask(admin, "POST", "/v1/stories", 201, { title: "Una vez" }, key)).toEqual(first);
    const other = await shop.app.request(admin, "POST", "/v1/stories", { title: "Otra" }, key);
    await problemOf(other, 422, "IDEMPOTENCY_KEY_REUSED");
  });
});
