import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type EnterOptions, type Office, openOffice } from "./support/office.ts";

/** The pictures of the README are taken from real pages, and only when asked for: `UPDATE_PICTURES=1`. */
describe.runIf(process.env.UPDATE_PICTURES === "1")("pictures of the README", () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({ BODEGA_DEMO: "true" });
    const isFull = async () => {
      const { data } = await office.api.http.GET("/v1/demo");
      const { items } = await office.api.products.list({ limit: 200, imageState: "ready" });
      expect(data?.state).toBe("ready");
      expect(items.length).toBe(data?.products);
    };
    await vi.waitFor(isFull, { timeout: 240_000, interval: 1_000 });
  });
  afterAll(() => office.close());

  async function takePicture(name: string, screen: EnterOptions): Promise<void> {
    const { page, quiet } = await office.enter("/sign-in", { ...screen, language: "en", colorScheme: "light" });
    await page.evaluate(() => localStorage.setItem("bodega.demo-welcome.dismissed", "true"));
    await page.goto("/catalog");
    await page.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
    await page.locator("[role=gridcell] [data-status=ready] img").first().waitFor();
    await quiet();
    // Few colours: a third of the bytes, and nobody sees it.
    const path = fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));
    await sharp(await page.screenshot())
      .png({ palette: true, effort: 10 })
      .toFile(path);
  }

  test("the catalogue", () => takePicture("catalogue", { width: 1280, height: 800, deviceScaleFactor: 2 }));

  test("the catalogue on a phone", () =>
    takePicture("phone", { width: 390, height: 844, deviceScaleFactor: 2, hasTouch: true, isMobile: true }));
});
