import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { content, openStoryShop, problemOf, type StoryShop, sales, scenesOf } from "../stories.testing.ts";
import { imageTypes } from "../types.ts";
import { beatsOf } from "./beats.ts";
import { scenesByRule } from "./rule-scenes.ts";

describe("scenes by rule", () => {
  const story = { title: "Luna y el mar", content, language: "es" } as const;

  it("are the seven, tell the story in order, and describe the character as the story does", () => {
    const scenes = scenesByRule(story);
    expect(Object.keys(scenes)).toEqual([...imageTypes]);
    expect([...scenes.character].length).toBeGreaterThanOrEqual(100);
    expect(scenes.character).toMatch(/^Luna\. .*zorra naranja.*bufanda roja/);
    expect(scenes.cover).toContain("«Luna y el mar», con Luna");
    expect(scenes.scene_1).toContain("zorra naranja");
    expect(scenes.scene_2).toContain("mapa");
    expect(scenes.scene_4).toContain("mar por primera vez");
    expect(scenes.closing).toContain("durmieron felices");
  });

  it("are the same for the same story, in its language, and dress whom the story does not", () => {
    expect(scenesByRule(story)).toEqual(scenesByRule(story));
    const english = scenesByRule({ title: "The robot", content: "A robot wakes up. It walks.", language: "en" });
    expect(english.character).toMatch(/Wearing a/);
    expect([...english.character].length).toBeGreaterThanOrEqual(100);
    for (const type of imageTypes) expect(english[type].trim()).not.toBe("");
  });

  it.each([1, 2, 5, 9])("cut %i parts out of a text without losing or repeating a word", (count) => {
    const parts = beatsOf(content, count, "es");
    expect(parts).toHaveLength(count);
    expect(parts.join(" ").replace(/\s+/g, " ").trim()).toBe(content.replace(/\s+/g, " "));
  });
});

describe("POST /v1/stories/{id}/scenes", () => {
  let shop: StoryShop;
  let respond: (request: IncomingMessage, response: ServerResponse, body: string) => void = () => undefined;
  const asked: { readonly authorization: string | undefined; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push({ authorization: request.headers.authorization, body });
    respond(request, response, body);
  });
  const completion = (text: string, more: object = {}) =>
    JSON.stringify({
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text }, ...more }],
    });

  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1beta/openai/`;
    shop = await openStoryShop({
      background: false,
      environment: { GEMINI_API_KEY: "the-key", GEMINI_COMPATIBLE_ENDPOINT: url },
    });
  });
  afterAll(async () => {
    await shop.close();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    asked.length = 0;
  });

  const make = async () => {
    const story = await shop.newStory({ scenes: null });
    return shop.ask(sales, "POST", `/v1/stories/${story.id}/scenes`, 200);
  };

  it("has them written by the model, and keeps them", async () => {
    respond = (_request, response) =>
      response.end(completion(`\`\`\`json\n${JSON.stringify(scenesOf("Sol"))}\n\`\`\``));
    expect(await make()).toMatchObject({ source: "model", fallbackReason: null, scenes: scenesOf("Sol") });
    expect(asked[0]?.authorization).toBe("Bearer the-key");
    const sent = JSON.parse(asked[0]?.body ?? "{}");
    expect(sent).toMatchObject({ model: expect.any(String), response_format: { type: "json_object" } });
    expect(JSON.stringify(sent.messages)).toContain("zorra naranja");
  });

  it.each<[reason: string, answer: (response: ServerResponse) => void]>([
    ["HTTP_503", (response) => response.writeHead(503).end()],
    ["MALFORMED_ANSWER", (response) => response.end("<html>")],
    ["MALFORMED_SCENES", (response) => response.end(completion("Había una vez"))],
    ["MALFORMED_SCENES", (response) => response.end(completion(JSON.stringify({ cover: "x" })))],
    ["ANSWER_TOO_LARGE", (response) => response.end("x".repeat(600 * 1024))],
    ["NETWORK", (response) => response.destroy()],
    ["NETWORK", (response) => response.writeHead(302, { location: "https://elsewhere.example/" }).end()],
  ])("goes on by rule when the model fails: %s", async (reason, answer) => {
    respond = (_request, response) => answer(response);
    expect(await make()).toMatchObject({ source: "rule", fallbackReason: reason });
  });

  it.each([
    ["finish_reason", completion("", { finish_reason: "content_filter" })],
    ["refusal", completion("", { message: { content: null, refusal: "No." } })],
  ])("does not go around a refusal (%s)", async (_how, body) => {
    respond = (_request, response) => response.end(body);
    const story = await shop.newStory({ scenes: null });
    await problemOf(await shop.app.request(sales, "POST", `/v1/stories/${story.id}/scenes`), 400, "POLICY_BLOCKED");
    expect((await shop.story(story.id)).scenes).toBeNull();
  });

  it("changes nothing when the story was changed while they were made", async () => {
    const story = await shop.newStory({ scenes: null });
    respond = async (_request, response) => {
      await shop.rows("update stories.stories set title = 'Otro' where id = $1", [story.id]);
      response.end(completion(JSON.stringify(scenesOf())));
    };
    await problemOf(await shop.app.request(sales, "POST", `/v1/stories/${story.id}/scenes`), 409, "CONFLICT");
    expect((await shop.story(story.id)).scenes).toBeNull();
  });

  it("is refused for a story without a text", async () => {
    const story = await shop.newStory({ scenes: null, content: " \n" });
    await problemOf(await shop.app.request(sales, "POST", `/v1/stories/${story.id}/scenes`), 400, "PROMPT_TOO_SHORT");
    expect(asked).toEqual([]);
  });
});
