import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bookSchema } from "../schemas.ts";
import { eventually, openStoryShop, problemOf, type StoryShop, sales } from "../stories.testing.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop();
});
afterAll(() => shop.close());

const ask = async (storyId: string, body: object = {}) =>
  bookSchema.parse(await shop.ask(sales, "POST", `/v1/stories/${storyId}/pdf`, 202, body));
const read = async (storyId: string, query = "") =>
  bookSchema.parse(await shop.ask(sales, "GET", `/v1/stories/${storyId}/pdf${query}`, 200));
const printed = (storyId: string) =>
  eventually("the book to be printed", async () => {
    const book = await read(storyId);
    return ["done", "failed"].includes(book.state) ? book : null;
  });

describe("a story's book", () => {
  it("is printed from its text and pictures, told of as it comes, and fetched by a signed address alone", async () => {
    const story = await shop.newStory({ author: "Ana Pérez" });
    await shop.illustrate(story.id);
    await ask(story.id);
    const book = await printed(story.id);
    expect(book).toMatchObject({ state: "done", format: "a4", progress: 1, isCurrent: true, code: null });
    const answer = await shop.app.app.request(book.url ?? "");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect((await shop.app.app.request(new URL(book.url ?? "", "http://x").pathname)).status).toBe(404);
    const phases = (await shop.events(story.id))
      .map(({ phase }) => phase)
      .filter((phase) => /book/.test(String(phase)));
    expect(phases.slice(0, 3)).toEqual(["book_queued", "book_started", "book_progress"]);
    expect(phases.at(-1)).toBe("book_done");
  });

  it("is the very same while nothing was changed, and another afterwards", async () => {
    const story = await shop.newStory();
    await ask(story.id);
    const first = await printed(story.id);
    expect(first.notes.map(({ code }) => code)).toContain("PICTURE_MISSING");
    expect(await ask(story.id)).toMatchObject({ id: first.id, state: "done", sizeBytes: first.sizeBytes });
    const { version } = story;
    await shop.ask(
      sales,
      "PATCH",
      `/v1/stories/${story.id}`,
      200,
      { title: "Otro título" },
      { "if-match": `"${version}.0"` },
    );
    expect(await read(story.id)).toMatchObject({ id: first.id, isCurrent: false });
    expect((await ask(story.id)).id).not.toBe(first.id);
    expect(await printed(story.id)).toMatchObject({ state: "done", isCurrent: true });
  });

  it("comes in both formats, with bleed and crop marks", async () => {
    const story = await shop.newStory();
    await ask(story.id, { format: "square", bleed: true, cropMarks: true });
    expect(await printed(story.id)).toMatchObject({ state: "done", format: "square", bleed: true, cropMarks: true });
    expect((await shop.app.request(sales, "GET", `/v1/stories/${story.id}/pdf?format=a4`)).status).toBe(404);
  });

  it("is refused for a story without a text", async () => {
    const story = await shop.newStory({ content: " " });
    await problemOf(await shop.app.request(sales, "POST", `/v1/stories/${story.id}/pdf`, {}), 400, "VALIDATION_FAILED");
  });
});
