import { z } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { newProductSchema, productSchema } from "../schemas.ts";
import { demoProducts } from "./demo-catalogue.ts";
import { openArt } from "./draw-photo.ts";
import { offerDemo, systemLanguage } from "./seed-demo.ts";

describe("the demo catalogue", () => {
  test.each(["es", "en"] as const)("is 60 products that differ in SKU, code, name and picture, in %s", (language) => {
    const products = demoProducts(language);
    expect(products).toHaveLength(60);
    for (const field of ["sku", "gtin", "name"] as const) {
      expect(new Set(products.map(({ product }) => product[field]))).toHaveLength(60);
    }
    expect(new Set(products.map(({ slug }) => slug))).toHaveLength(60);
  });

  test("has codes with a right check digit, of the range that no real article has", () => {
    for (const { product } of demoProducts("es")) {
      expect(newProductSchema.shape.gtin.safeParse(product.gtin).success).toBe(true);
      expect(product.gtin).toMatch(/^2\d{12}$/);
    }
  });

  test("draws each product's photo, the same one every time", async () => {
    const draw = await openArt();
    for (const { slug } of demoProducts("es")) expect((await draw(slug)).byteLength).toBeGreaterThan(5_000);
    expect(await draw("red-apple")).toEqual(await draw("red-apple"));
  });

  test.each([
    ["en-GB", "en"],
    ["es-AR", "es"],
    ["pt-BR", "es"],
    ["en-US-u-va-posix", "es"],
  ])("speaks to a system of %s in %s", (locale, language) => expect(systemLanguage(locale)).toBe(language));
});

describe("a shop that opens for the first time", () => {
  let shop: TestApplication;
  beforeAll(async () => {
    shop = await testApplication({ background: true });
  });
  afterAll(() => shop.close());

  const demo = async () => (await shop.request({ role: "sales" }, "GET", "/v1/demo")).json();
  const products = async () => {
    const answer = await shop.request({ role: "sales" }, "GET", "/v1/products?limit=200");
    return z.object({ items: z.array(productSchema) }).parse(await answer.json()).items;
  };

  test("fills itself once, however many servers open it, and each product has its photo once", async () => {
    await Promise.all([offerDemo(shop.foundation), offerDemo(shop.foundation)]);
    await expect.poll(demo, { timeout: 60_000 }).toEqual({ state: "ready", products: 60, total: 60 });
    await offerDemo(shop.foundation);
    const made = await products();
    expect(made).toHaveLength(60);
    for (const { images } of made) expect(images).toHaveLength(1);
  }, 90_000);

  test("can be narrowed by the categories that there are", async () => {
    const facets = await shop.request({ role: "sales" }, "GET", "/v1/products/facets");
    const categories = new Set((await products()).map(({ category }) => category));
    expect(await facets.json()).toEqual({ categories: [...categories].sort(), supplierIds: [], shopCurrency: "USD" });
    expect(categories.size).toBe(9);
  });

  test("loses all of the demo, and nothing else, when an administrator removes it; it does not come back", async () => {
    await shop.request({ role: "admin" }, "POST", "/v1/products", { sku: "MINE", name: "Mine" });
    expect((await shop.request({ role: "warehouse" }, "DELETE", "/v1/demo")).status).toBe(403);
    const removal = await shop.request({ role: "admin" }, "DELETE", "/v1/demo");
    expect(await removal.json()).toEqual({ removed: 60 });
    await offerDemo(shop.foundation);
    expect(await demo()).toEqual({ state: "removed", products: 0, total: 60 });
    expect((await products()).map(({ sku }) => sku)).toEqual(["MINE"]);
  });
});

describe("a shop that has a product, or wants no demo", () => {
  test("is left as it is", async () => {
    const shop = await testApplication({ environment: { BODEGA_DEMO: "false" } });
    try {
      await offerDemo(shop.foundation);
      const answer = await shop.request({ role: "admin" }, "GET", "/v1/demo");
      expect(await answer.json()).toEqual({ state: "declined", products: 0, total: 60 });
    } finally {
      await shop.close();
    }
  });
});
