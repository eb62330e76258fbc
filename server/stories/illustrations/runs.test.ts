import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { geminiBlock, geminiError } from "../../testing/gemini-server.ts";
import type { ProviderServer } from "../../testing/provider-server.ts";
import { content, eventually, openGeminiShop, problemOf, type StoryShop, sales, scenesOf } from "../stories.testing.ts";
import { imageTypes } from "../types.ts";

const timeoutMs = 120_000;
const unavailable = { kind: "status", status: 503, body: geminiError(503, "UNAVAILABLE", "Overloaded.") } as const;
const refusal = { kind: "body", body: geminiBlock("PROHIBITED_CONTENT") } as const;
const failing = "story-illustrations-fail";

let shop: StoryShop;
let gemini: ProviderServer;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ shop, gemini, close } = await openGeminiShop());
  // What happens to one story must not keep the provider from the next.
  await shop.rows("select platform.set_app_setting('providers.breakerFailures', '100', 'test')");
});
afterAll(() => close());
afterEach(() => {
  gemini.faults.clear();
  gemini.requests.length = 0;
});

const statesOf = (run: { readonly images: readonly { readonly imageType: string; readonly state: string }[] }) =>
  Object.fromEntries(run.images.map(({ imageType, state }) => [imageType, state]));
const allOf = (state: string) => Object.fromEntries(imageTypes.map((type) => [type, state]));

describe("an illustration run", { timeout: timeoutMs }, () => {
  it("makes the character first and sends its picture along with all others, prompts as they are", async () => {
    const story = await shop.newStory({ scenes: { ...scenesOf(), scene_2: "  dos\n espacios  " } });
    const run = await shop.illustrate(story.id);
    expect(run).toMatchObject({ state: "done", code: null, characterCacheHit: false, consistencyLost: false });
    expect(statesOf(run)).toEqual(allOf("done"));
    const { images, scenes } = await shop.story(story.id);
    const [character, ...others] = images;
    expect(character?.path).toBe(`stories/${story.id}/character.png`);
    for (const other of others) expect(other.referenceHash).toBe(character?.imageHash);
    const [first, ...rest] = gemini.requests;
    expect(first).toMatchObject({ prompt: scenes?.character, referenceBytes: null });
    const object = await shop.foundation.store.get(character?.path ?? "", { bytesMax: 10_000_000 });
    for (const request of rest) expect(Buffer.compare(request.referenceBytes ?? Buffer.alloc(0), object)).toBe(0);
    expect(gemini.requests.map(({ prompt }) => prompt).sort()).toEqual(Object.values(scenes ?? {}).sort());
    expect(gemini.mostAtOnce()).toBeLessThanOrEqual(2);
  });

  it("tells of each picture as it begins and ends, with its provider and how long it took", async () => {
    const story = await shop.newStory();
    const run = await shop.illustrate(story.id);
    const told = (await shop.events(story.id)).filter(({ runId }) => runId === run.id);
    expect(told.slice(0, 4).map(({ phase, imageType }) => [phase, imageType])).toEqual([
      ["run_queued", undefined],
      ["run_started", undefined],
      ["image_started", "character"],
      ["image_done", "character"],
    ]);
    const done = told.filter(({ phase }) => phase === "image_done");
    expect(done.map(({ imageType }) => imageType).sort()).toEqual([...imageTypes].sort());
    for (const event of done) expect(event).toMatchObject({ provider: "gemini", durationMs: expect.any(Number) });
    expect(told.at(-1)).toMatchObject({ phase: "run_finished", state: "done" });
  });

  it("makes only what is missing, with the character that is there; one alone when that is forced", async () => {
    const story = await shop.newStory();
    await shop.illustrate(story.id, { imageTypes: ["character", "cover"] });
    gemini.requests.length = 0;
    const second = await shop.illustrate(story.id, { imageTypes: ["character", "cover", "scene_1"] });
    expect(second).toMatchObject({ state: "done", characterCacheHit: true });
    expect(statesOf(second)).toEqual({ character: "kept", cover: "kept", scene_1: "done" });
    expect(gemini.requests).toHaveLength(1);
    const before = await shop.image(story.id, "cover");
    await shop.ask(
      sales,
      "PATCH",
      `/v1/stories/${story.id}`,
      200,
      { scenes: { ...scenesOf(), cover: "Otra cubierta." } },
      { "if-match": `"${story.version}.0"` },
    );
    expect(await shop.image(story.id, "cover")).toMatchObject({ isStale: true, version: 1 });
    await shop.illustrate(story.id, { imageTypes: ["cover"], force: true });
    const after = await shop.image(story.id, "cover");
    expect(after).toMatchObject({ version: 2, isStale: false });
    expect(after.path).toMatch(new RegExp(`^stories/${story.id}/cover-[0-9a-f]{16}\\.png$`));
    const path = `/v1/stories/${story.id}/images/cover/versions`;
    const { items } = await shop.ask(sales, "GET", path, 200);
    expect(items).toMatchObject([{ picture: { path: before.path, version: 1 } }]);
    expect(await shop.ask(sales, "POST", `${path}/1/use`, 200)).toMatchObject({ path: before.path, version: 3 });
    const fetched = await shop.app.app.request((await shop.image(story.id, "cover")).url);
    expect([fetched.status, (await fetched.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
  });

  it("tries the character once more, then goes on", async () => {
    gemini.faults.plan(unavailable, 1);
    const story = await shop.newStory();
    const run = await shop.illustrate(story.id, { imageTypes: ["character", "cover"] });
    expect(run.state).toBe("done");
    expect(run.images[0]).toMatchObject({ imageType: "character", state: "done", tries: 2 });
  });

  it("stops with the reason when the character fails twice, asks for nothing else, and tells an operator", async () => {
    gemini.faults.plan(unavailable);
    const story = await shop.newStory();
    const run = await shop.illustrate(story.id);
    expect(run).toMatchObject({ state: "failed", code: "IMAGE_GENERATION_FAILED" });
    expect(statesOf(run)).toEqual({ ...allOf("cancelled"), character: "failed" });
    expect(new Set(gemini.requests.map(({ prompt }) => prompt))).toEqual(new Set([story.scenes?.character]));
    expect(await shop.incident(failing)).toMatchObject({ state: "open" });
    gemini.faults.clear();
    expect(await shop.illustrate(story.id, { imageTypes: ["character"] })).toMatchObject({ state: "done" });
    expect(await shop.incident(failing)).toMatchObject({ state: "resolved" });
  });

  it("never asks again for a character that a policy refused; that is the author's, not an operator's", async () => {
    gemini.faults.plan(refusal);
    const story = await shop.newStory();
    const run = await shop.illustrate(story.id);
    expect(run).toMatchObject({ state: "failed", code: "POLICY_BLOCKED" });
    expect(gemini.requests).toHaveLength(1);
    expect((await shop.incident(failing))?.state).not.toBe("open");
  });

  it("leaves out a scene that cannot be made, says why, and makes the others", async () => {
    const story = await shop.newStory();
    await shop.illustrate(story.id, { imageTypes: ["character"] });
    gemini.faults.plan(refusal, 1);
    const run = await shop.illustrate(story.id, { imageTypes: ["cover", "scene_1", "scene_2"] });
    expect(run).toMatchObject({ state: "partial", code: "POLICY_BLOCKED" });
    expect(run.images.map(({ state }) => state).sort()).toEqual(["done", "done", "failed"]);
    const [failed] = run.images.filter(({ state }) => state === "failed");
    expect(failed).toMatchObject({ code: "POLICY_BLOCKED", message: expect.any(String) });
  });

  it("draws the character again when its picture is lost, and goes on without it when it is lost twice", async () => {
    const story = await shop.newStory();
    await shop.illustrate(story.id, { imageTypes: ["character"] });
    const { path } = await shop.image(story.id, "character");
    await shop.foundation.store.delete(path);
    const redrawn = await shop.illustrate(story.id, { imageTypes: ["cover"] });
    expect(redrawn).toMatchObject({ state: "done", consistencyLost: false, characterCacheHit: false });
    expect(statesOf(redrawn)).toEqual({ character: "done", cover: "done" });
    expect(await shop.image(story.id, "cover")).toMatchObject({ consistencyLost: false });

    // From now on whatever is recorded of the character is not what lies in the store.
    await shop.rows(`
      create or replace function public.spoil() returns trigger language plpgsql as
      $$ begin new.image_hash := repeat('0', 64); return new; end $$;
      create trigger spoil before insert on stories.story_images for each row
      when (new.image_type = 'character') execute function public.spoil()
    `);
    try {
      const other = await shop.newStory();
      const run = await shop.illustrate(other.id, { imageTypes: ["character", "scene_1", "scene_2"] });
      expect(run).toMatchObject({ state: "done", consistencyLost: true });
      for (const type of ["scene_1", "scene_2"] as const) {
        expect(await shop.image(other.id, type)).toMatchObject({ consistencyLost: true, referenceHash: null });
      }
      expect((await shop.events(other.id)).map(({ phase }) => phase)).toContain("consistency_lost");
    } finally {
      await shop.rows("drop trigger spoil on stories.story_images; drop function public.spoil()");
    }
  });

  it("is one a story at a time, and one for one key", async () => {
    gemini.faults.slowMs = 300;
    const story = await shop.newStory();
    const path = `/v1/stories/${story.id}/illustrations`;
    const key = { "idempotency-key": story.id };
    const first = await shop.ask(sales, "POST", path, 202, { imageTypes: ["character"] }, key);
    expect(await shop.ask(sales, "POST", path, 202, { imageTypes: ["character"] }, key)).toEqual(first);
    await problemOf(await shop.app.request(sales, "POST", path, {}), 409, "CONFLICT");
    await shop.ended(story.id, String(first.id));
    expect(gemini.requests).toHaveLength(1);
  });

  it("can be stopped: the call is broken off, nothing more is asked, and what was made stays", async () => {
    const story = await shop.newStory();
    await shop.illustrate(story.id, { imageTypes: ["character"] });
    gemini.faults.plan({ kind: "hang" });
    gemini.requests.length = 0;
    const run = await shop.begin(story.id, { imageTypes: ["cover", "scene_1", "scene_2", "scene_3"] });
    await eventually("two pictures to be asked for", async () => gemini.requests.length === 2);
    const path = `/v1/stories/${story.id}/illustrations/${run.id}/cancel`;
    expect(await shop.ask(sales, "POST", path, 200)).toMatchObject({ state: "cancelled" });
    await shop.idle();
    await eventually("the calls to be broken off", async () => {
      const rows = await shop.rows<{ readonly state: string }>(
        "select state from stories.generation_attempts where story_id = $1 and image_type <> 'character'",
        [story.id],
      );
      return rows.length === 2 && rows.every(({ state }) => state === "cancelled");
    });
    expect(gemini.requests).toHaveLength(2);
    expect((await shop.story(story.id)).images.map(({ imageType }) => imageType)).toEqual(["character"]);
    expect(await shop.ask(sales, "POST", path, 200)).toMatchObject({ state: "cancelled" });
  });

  it("keeps to the texts it began with, and shows a picture as stale whose text is another by then", async () => {
    gemini.faults.slowMs = 200;
    const story = await shop.newStory();
    const run = await shop.begin(story.id, { imageTypes: ["character", "cover"] });
    await eventually("the run to begin", async () => (await shop.run(story.id, run.id)).state === "running");
    const scenes = { ...scenesOf(), cover: "Una cubierta muy distinta." };
    const header = { "if-match": `"${story.version}.0"` };
    await shop.ask(sales, "PATCH", `/v1/stories/${story.id}`, 200, { scenes }, header);
    expect(await shop.ended(story.id, run.id)).toMatchObject({ state: "done" });
    expect(gemini.requests.map(({ prompt }) => prompt)).toContain(story.scenes?.cover);
    expect(await shop.image(story.id, "cover")).toMatchObject({ isStale: true });
    expect(await shop.image(story.id, "character")).toMatchObject({ isStale: false });
  });

  it("makes the scenes of a story that has none, and keeps them with it", async () => {
    const story = await shop.newStory({ scenes: null });
    expect(story.warnings.map(({ code }) => code)).toEqual(["SCENES_MISSING"]);
    expect(await shop.illustrate(story.id, { imageTypes: ["character"] })).toMatchObject({ state: "done" });
    const { scenes } = await shop.story(story.id);
    expect(Object.keys(scenes ?? {}).sort()).toEqual([...imageTypes].sort());
    expect(gemini.requests[0]?.prompt).toBe(scenes?.character);
  });

  it("refuses an empty description, and a story with neither text nor descriptions, before it costs anything", async () => {
    const empty = await shop.newStory({ scenes: { ...scenesOf(), scene_3: " " } });
    const path = (id: string) => `/v1/stories/${id}/illustrations`;
    const problem = await problemOf(await shop.app.request(sales, "POST", path(empty.id), {}), 400, "PROMPT_TOO_SHORT");
    expect(problem.errors).toMatchObject([{ path: "scenes.scene_3" }]);
    expect((await shop.illustrate(empty.id, { imageTypes: ["character"] })).state).toBe("done");
    const nothing = await shop.newStory({ scenes: null, content: "" });
    await problemOf(await shop.app.request(sales, "POST", path(nothing.id), {}), 400, "PROMPT_TOO_SHORT");
    expect(gemini.requests).toHaveLength(1);
  });

  it("is taken on again when the queue has lost its jobs", async () => {
    const story = await shop.newStory({ content });
    gemini.faults.slowMs = 100;
    const run = await shop.begin(story.id, { imageTypes: ["character"] });
    await shop.ended(story.id, run.id);
    await shop.rows("update stories.illustration_runs set state = 'running', finished_at = null where id = $1", [
      run.id,
    ]);
    await shop.rows("update stories.run_images set state = 'queued', finished_at = null where run_id = $1", [run.id]);
    await shop.rows("update stories.illustration_runs set created_at = now() - interval '1 hour' where id = $1", [
      run.id,
    ]);
    expect(await shop.rows("select stories.resume_illustrations(10)")).toHaveLength(1);
    expect(await shop.ended(story.id, run.id)).toMatchObject({ state: "done" });
    expect(gemini.requests.filter(({ isCharged }) => isCharged)).toHaveLength(1);
  });
});
