import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dataOf } from "../sdk/index.ts";
import { type EnterOptions, type Office, openOffice } from "./support/office.ts";
import { addStory, illustrate, type NewTale } from "./support/story-shelf.ts";

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

  interface Picture extends EnterOptions {
    readonly path: string;
    /** What has to be there. */
    readonly shown: string;
  }

  const screen = { width: 1280, height: 800, deviceScaleFactor: 2 };
  const product = "[role=gridcell] [data-status=ready] img";

  async function takePicture(name: string, { path, shown, ...options }: Picture): Promise<void> {
    const { page, quiet } = await office.enter("/sign-in", { ...options, language: "en", colorScheme: "light" });
    await page.evaluate(() => localStorage.setItem("bodega.demo-welcome.dismissed", "true"));
    await page.goto(path);
    await page.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
    await page.locator(shown).first().waitFor();
    await quiet();
    // Few colours: a third of the bytes, and nobody sees it.
    await sharp(await page.screenshot())
      .png({ palette: true, effort: 10 })
      .toFile(fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url)));
  }

  test("the catalogue", () => takePicture("catalogue", { ...screen, path: "/catalog", shown: product }));

  test("the catalogue on a phone", () =>
    takePicture("phone", {
      width: 390,
      height: 844,
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
      path: "/catalog",
      shown: product,
    }));

  test("the stock", async () => {
    const code = "SHOP";
    await dataOf(office.api.http.POST("/v1/locations", { ...once(), body: { code, name: "Shop" } }));
    const { items } = await office.api.products.list({ limit: 200 });
    const rows = items.map(({ sku }, index) => `${sku},${code},${(index * 37) % 90},${8 + (index % 12)}`);
    await dataOf(
      office.api.http.POST("/v1/stock/import", {
        ...once(),
        body: ["sku,location,quantity,reorder_point", ...rows].join("\n"),
        bodySerializer: (body) => body,
        headers: { ...once().headers, "content-type": "text/csv" },
      }),
    );
    await takePicture("stock", { ...screen, path: "/inventory?view=low", shown: "tbody tr" });
  });

  test("a story", async () => {
    const id = await addStory(office.api, tale);
    await illustrate(office.api, id);
    await takePicture("story", { ...screen, path: `/stories/${id}`, shown: "[data-picture=closing] img" });
  });
});

const once = () => ({ headers: { "idempotency-key": crypto.randomUUID() } });

const tale: NewTale = {
  language: "en",
  title: "Luna and the sea",
  author: "Ana Pérez",
  content: [
    "Once upon a time an orange fox called Luna lived in the forest. Luna wore a red scarf.",
    "One morning, Luna found a map under an oak. The map led to the sea.",
    "She walked among pines and crossed a wooden bridge. An owl greeted her from a branch.",
    "At sunset, Luna saw the sea for the first time. The waves shone like stars.",
    "She came home at night and told of her journey. Everybody slept happily.",
  ],
  scenes: {
    character:
      "Luna is a fox with orange fur and green eyes who wears a red scarf and yellow boots, always cheerful and curious.",
    cover: "Luna looks at the sea at sunset.",
    scene_1: "Luna in the forest.",
    scene_2: "Luna finds a map under a tree.",
    scene_3: "Luna crosses a bridge and greets an owl.",
    scene_4: "Luna on the beach at sunset.",
    closing: "Luna sleeps in her bed at night.",
  },
};
