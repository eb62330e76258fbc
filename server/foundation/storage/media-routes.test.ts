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

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "media-"));
  const store = new FolderObjectStore({ root: join(folder, "objects"), publicMediaUrl: null });
  await store.put("products/a/photo.jpg", Buffer.from(text), { contentType: "image/jpeg" });
  await store.put("stories/a/page.jpg", Buffer.from(text), { contentType: "image/jpeg" });
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
