import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Office, openOffice } from "./support/office.ts";
import { photo } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";

const root = fileURLToPath(new URL("../sdk/examples/shop-page/", import.meta.url));
let office: Office;
let page: PreviewServer;
let address = "";
let outDir = "";
beforeAll(async () => {
  office = await openOffice();
  outDir = await mkdtemp(join(tmpdir(), "bodega-shop-page-"));
  vi.stubEnv("NODE_ENV", "production");
  await build({ root, configFile: false, logLevel: "error", build: { outDir, emptyOutDir: true } });
  vi.unstubAllEnvs();
  // The shop's own web site, with the api behind the same address, as a reverse proxy would put it.
  const proxy = Object.fromEntries(["/v1", "/auth", "/media"].map((path) => [path, { target: office.shop.url }]));
  page = await preview({
    root,
    configFile: false,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, proxy },
  });
  address = page.resolvedUrls?.local[0] ?? "";
});
afterAll(async () => {
  await page.close();
  await office.close();
  await rm(outDir, { recursive: true, force: true });
});

test("the shop page of the SDK shows a product with its picture", async () => {
  const product = await addProduct(office.api, { name: "Dulce de leche", photos: [await photo("dulce.jpg")] });
  await untilPhoto(office.api, product.id);
  const { page: tab } = await office.enter(address);
  await tab.getByText("Dulce de leche, 12.50 ARS").waitFor();
  const picture = tab.locator("figure", { hasText: "Dulce de leche" }).locator("img");
  await picture.waitFor();
  await expect
    .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth))
    .toBeGreaterThan(0);
});

test("a picture that is gone from the store is asked to be repaired once, and comes back by itself", async () => {
  const product = await addProduct(office.api, { name: "Yerba", photos: [await photo("yerba.jpg")] });
  const { images } = await untilPhoto(office.api, product.id);
  const { context, page: tab } = await office.enter("about:blank");
  const repairs: string[] = [];
  context.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/repair")) repairs.push(request.url());
  });
  const removed = await removeVariants(product.id);
  expect(removed).toBeGreaterThanOrEqual(4);

  const missing = tab.waitForResponse((answer) => answer.status() === 404 && answer.url().includes("/media/"));
  await tab.goto(address);
  await missing;
  const picture = tab.locator("figure", { hasText: "Yerba" }).locator("[data-status=ready] img");
  const width = () => picture.evaluate((img: HTMLImageElement) => (img.complete ? img.naturalWidth : 0)).catch(() => 0);
  await expect.poll(width, { timeout: 60_000 }).toBeGreaterThan(0);
  expect(repairs).toHaveLength(1);
  expect(repairs[0]).toContain(images[0]?.id);
});

/** The disk loses what was made; answers how many files that were. */
async function removeVariants(productId: string): Promise<number> {
  const folder = await readdir(office.shop.dataDir, { recursive: true });
  const lost = folder.filter(
    (path) => path.includes(productId) && /(minithumb|mobile|tablet|desktop)\.jpg$/.test(path),
  );
  for (const path of lost) await rm(join(office.shop.dataDir, path));
  return lost.length;
}
