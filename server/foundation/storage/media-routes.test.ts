import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { answerError } from "../http/problem-json.ts";
import { FolderObjectStore } from "./folder-object-store.ts";
import { registerMedia } from "./media-routes.ts";

const text = "0123456789";
let folder: string;
let app: OpenAPIHono<HttpEnv>;
let store: FolderObjectStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "media-"));
  const signingSecret = async () => "a secret of the tests, long enough";
  store = new FolderObjectStore({
    root: join(folder, "objects"),
    publicMediaUrl: "https://cdn.example/",
    signingSecret,
  });
  await store.put("products/a/photo.jpg", Buffer.from(text), { contentType: "image/jpeg" });
  await store.put("stories/a/page.jpg", Buffer.from(text), { contentType: "image/jpeg" });
  await store.put("stories/b/page.jpg", Buffer.from("others"), { contentType: "image/jpeg" });
  app = new OpenAPIHono<HttpEnv>();
  app.use(async (c, next) => {
    c.set("requestId", "r");
    c.set("log", testLogger());
    await next();
  });
  app.onError(answerError);
  registerMedia(app, { store }, ["products/"]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  app.request(path, { headers, method });

describe("GET /media/{key}", () => {
  it("sends a public object, to be kept forever, never to be run", async () => {
    const response = await get("/media/products/a/photo.jpg");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(text);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect(response.headers.get("etag")).toMatch(/^"/);
  });

  it("says 304 to who has it, and answers HEAD without a body", async () => {
    const etag = (await get("/media/products/a/photo.jpg")).headers.get("etag") ?? "";
    expect((await get("/media/products/a/photo.jpg", { "if-none-match": etag })).status).toBe(304);
    const head = await get("/media/products/a/photo.jpg", {}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
  });

  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=8-", 206, "89", "bytes 8-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=4-2", 200, text, null],
    ["bytes=0-1,3-4", 200, text, null],
    ["lines=1-2", 200, text, null],
  ])("answers the range %s with %i", async (range, status, body, contentRange) => {
    const response = await get("/media/products/a/photo.jpg", { range });
    expect([response.status, await response.text(), response.headers.get("content-range")]).toEqual([
      status,
      body,
      contentRange,
    ]);
  });

  it.each([
    "/media/stories/a/page.jpg",
    "/media/products/a",
    "/media/products/",
    "/media/products/../stories/a/page.jpg",
    "/media/products/%2e%2e/stories/a/page.jpg",
    "/media/products%2f..%2fstories%2fa%2fpage.jpg",
    "/media/products/a/photo.jpg%00.png",
    "/media/etc/passwd",
  ])("has nothing at %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe("signed addresses", () => {
  const key = "stories/a/page.jpg";
  const inAnHour = () => new Date(Date.now() + 3_600_000);
  const statusOf = async (address: string) => {
    const answer = await get(address);
    await answer.arrayBuffer();
    return answer.status;
  };

  it("give an object that is not public to whoever has one, for as long as it is good, ranges too", async () => {
    const url = await store.signedUrl(key, { expiresAt: inAnHour() });
    expect(url).toMatch(/^\/media\/stories\/a\/page\.jpg\?expires=\d+&signature=/);
    const answer = await get(url);
    expect([answer.status, await answer.text()]).toEqual([200, text]);
    expect(answer.headers.get("cache-control")).toMatch(/^private, max-age=35\d\d$/);
    expect(answer.headers.get("content-disposition")).toBeNull();
    const part = await get(url, { range: "bytes=2-4" });
    expect([part.status, await part.text()]).toEqual([206, "234"]);
  });

  it("are the same for the same key and end", async () => {
    const expiresAt = inAnHour();
    expect(await store.signedUrl(key, { expiresAt })).toBe(await store.signedUrl(key, { expiresAt }));
  });

  it("save the object under a name that is signed with it", async () => {
    const url = await store.signedUrl(key, { expiresAt: inAnHour(), fileName: "mi cuento.jpg" });
    const answer = await get(url);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="mi cuento.jpg"');
    await answer.arrayBuffer();
    expect(await statusOf(url.replace("mi+cuento", "tu+cuento"))).toBe(404);
    for (const fileName of ['a".jpg', "a\nb.jpg", "../a.jpg", ""]) {
      await expect(store.signedUrl(key, { expiresAt: inAnHour(), fileName })).rejects.toThrow("cannot be signed");
    }
  });

  it("open nothing else: no other key, no later end, no signature of another secret, none at all", async () => {
    const url = await store.signedUrl(key, { expiresAt: inAnHour() });
    const other = new FolderObjectStore({
      root: join(folder, "objects"),
      publicMediaUrl: null,
      signingSecret: async () => "another secret of the tests, too",
    });
    for (const forged of [
      url.replace("/a/", "/b/"),
      url.replace(/expires=(\d+)/, (_all, end: string) => `expires=${Number(end) + 1}`),
      url.replace(/signature=./, (start) => (start.endsWith("A") ? "signature=B" : "signature=A")),
      url.replace(/signature=.*/, "signature="),
      url.replace(/&signature=.*/, ""),
      `/media/${key}`,
      await other.signedUrl(key, { expiresAt: inAnHour() }),
    ]) {
      expect([forged, await statusOf(forged)]).toEqual([forged, 404]);
    }
  });

  it("say that they have expired, when they have", async () => {
    const answer = await get(await store.signedUrl(key, { expiresAt: new Date(Date.now() - 1_000) }));
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: "FORBIDDEN" }]);
  });
});
