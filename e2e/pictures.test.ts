import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Office, openOffice } from "./support/office.ts";

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

  const fileOf = (name: string) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));

  async function catalogue(width: number, height: number): Promise<Page> {
    const { page, quiet } = await office.enter("/sign-in", {
      width,
      height,
      colorScheme: "light",
      language: "en",
      deviceScaleFactor: 2,
    });
    await page.evaluate(() => localStorage.setItem("bodega.demo-welcome.dismissed", "true"));
    await page.goto("/catalog");
    await page.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
    await page.locator("[role=gridcell] [data-status=ready] img").first().waitFor();
    await quiet();
    return page;
  }

  test("the catalogue", async () => {
    const page = await catalogue(1280, 800);
    await page.screenshot({ path: fileOf("catalogue") });
  });

  test("on a phone", async () => {
    const page = await catalogue(390, 844);
    await page.screenshot({ path: fileOf("phone") });
  });
});
