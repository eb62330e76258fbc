import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHttp, testHttp } from "../../testing/test-http.ts";
import { createHttpApp } from "./http-app.ts";

const script = "export const shelf = 'apples';\n".repeat(100);
const asPage = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

let shop: TestHttp;
let folder: string;
let app: TestHttp["app"];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bodega-web-"));
  await mkdir(join(folder, "dist/assets"), { recursive: true });
  await writeFile(join(folder, "secret.js"), "outside");
  await writeFile(
    join(folder, "dist/index.html"),
    '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="/assets/index-Ab3_x.js"></script>',
  );
  await writeFile(join(folder, "dist/favicon.svg"), "<svg/>");
  await writeFile(join(folder, "dist/assets/index-Ab3_x.js"), script);
  await writeFile(join(folder, "dist/assets/index-Ab3_x.js.br"), brotliCompressSync(script));
  await writeFile(join(folder, "dist/assets/index-Ab3_x.js.gz"), gzipSync(script));
  shop = await testHttp({ environment: { PUBLIC_MEDIA_URL: "https://media.shop.test/photos" } });
  app = appOver(join(folder, "dist"));
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});

const appOver = (webRoot: string) =>
  createHttpApp({ foundation: shop.foundation, modules: [], identity: shop.identity, version: "0.0.0", webRoot });

describe("the page", () => {
  it("is given for every address that a browser opens, and never kept", async () => {
    for (const path of ["/", "/catalog", "/catalog/0190a000-0000-7000-8000-000000000000?tab=photos"]) {
      const answer = await app.request(path, asPage);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("cache-control")).toBe("no-cache");
      expect(await answer.text()).toContain("/assets/index-Ab3_x.js");
    }
  });

  it("carries a nonce of its own each time, the one that its policy names", async () => {
    const nonces = new Set<string>();
    for (let visit = 0; visit < 3; visit++) {
      const answer = await app.request("/", asPage);
      const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? "none";
      expect(answer.headers.get("content-security-policy")).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it("may load nothing from outside but pictures from where they are published", async () => {
    const answer = await app.request("/", asPage);
    const policy = (answer.headers.get("content-security-policy") ?? "").split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("img-src 'self' data: blob: https://media.shop.test");
    expect(policy).toContain("frame-src 'self' https://media.shop.test");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it("is not given for addresses of the server, nor to who did not ask for a page", async () => {
    for (const path of [
      "/v1/nothing",
      "/auth/nothing",
      "/health/nothing",
      "/metrics/x",
      "/internal/x",
      "/assets/gone-1.js",
    ]) {
      const answer = await app.request(path, asPage);
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get("content-type"), path).toContain("application/problem+json");
    }
    expect((await app.request("/catalog")).status).toBe(404);
    expect((await app.request("/catalog", { method: "POST", ...asPage })).status).toBe(404);
  });

  it("says how it is built while it is not", async () => {
    const answer = await appOver(join(folder, "nowhere")).request("/", asPage);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("npm run build");
  });
});

describe("files", () => {
  it("with a hash in their name are kept for ever, and come as small as the browser can read", async () => {
    const answer = await app.request("/assets/index-Ab3_x.js", { headers: { "accept-encoding": "gzip, deflate, br" } });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-encoding")).toBe("br");
    expect(answer.headers.get("vary")).toContain("accept-encoding");
    expect(brotliDecompressSync(await answer.arrayBuffer()).toString()).toBe(script);
  });

  it("come as they are to a browser that refuses what they were compressed with", async () => {
    const gzip = await app.request("/assets/index-Ab3_x.js", { headers: { "accept-encoding": "br;q=0, gzip" } });
    expect(gzip.headers.get("content-encoding")).toBe("gzip");
    const plain = await app.request("/assets/index-Ab3_x.js");
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toBe(script);
  });

  it("are not sent again to who has them", async () => {
    const first = await app.request("/favicon.svg");
    expect(first.headers.get("content-type")).toBe("image/svg+xml");
    const etag = first.headers.get("etag") ?? "";
    expect((await app.request("/favicon.svg", { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("outside of the folder do not exist", async () => {
    for (const path of [
      "/assets/..%2f..%2fsecret.js",
      "/assets/../../secret.js",
      "/..%2fsecret.js",
      "/secret.js",
      "/assets/",
    ]) {
      expect((await app.request(path)).status, path).toBe(404);
    }
  });
});
