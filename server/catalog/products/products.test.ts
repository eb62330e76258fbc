import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeCursor } from "../../foundation/http/pagination.ts";
import { admin, bodyOf, openShop, photo, problemOf, type Shop } from "../catalog.testing.ts";
import type { Product } from "../schemas.ts";
import { deletedProductsGraceDays, shopCurrency } from "../settings.ts";
import { purgeDeletedProducts } from "./queries.ts";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ background: false });
});
afterAll(() => shop.close());

const request = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
  shop.app.request(admin, method, `/v1/products${path}`, body, headers);

async function list(query: Readonly<Record<string, string>>) {
  const answer = await bodyOf(await request("GET", `?${new URLSearchParams(query)}`), 200);
  return answer as { readonly items: readonly Product[]; readonly nextCursor: string | null };
}
const idsOf = (products: readonly { readonly id: string }[]) => products.map(({ id }) => id);

describe("a product", () => {
  it("that names no currency has the shop's, by hand and from a file", async () => {
    const skus = [`sku-${randomUUID()}`, `sku-${randomUUID()}`, `sku-${randomUUID()}`];
    await shop.set(shopCurrency, "ARS");
    const made = await bodyOf(await request("POST", "", { sku: skus[0], name: "Yerba" }), 201);
    const csv = Buffer.from(`sku,name,currency\n${skus[1]},Mate,\n${skus[2]},Bombilla,UYU\n`);
    const imported = await shop.send(admin, "POST", "/v1/products/import", [["file", csv]]);
    await shop.set(shopCurrency, shopCurrency.fallback);
    expect([made, imported.status]).toMatchObject([{ currency: "ARS" }, 200]);
    expect((await list({ query: skus[1] ?? "" })).items).toMatchObject([{ currency: "ARS" }]);
    expect((await list({ query: skus[2] ?? "" })).items).toMatchObject([{ currency: "UYU" }]);
  });

  it("is created with what is said and sensible defaults, money as decimal text", async () => {
    const sku = `sku-${randomUUID()}`;
    const said = { sku, name: "Yerba", gtin: "7791234567898", price: "1234.5", minimumPurchase: "0.250", unit: "kg" };
    const answer = await request("POST", "", said);
    const product = await bodyOf(answer, 201);
    expect(product).toMatchObject({ ...said, price: "1234.50", minimumPurchase: "0.25", cost: null, currency: "USD" });
    expect(product).toMatchObject({ isActive: true, deletionStatus: "active", images: [], imagesRevision: 0 });
    expect(answer.headers.get("location")).toBe(`/v1/products/${product.id}`);
    const read = await request("GET", `/${product.id}`);
    expect([read.headers.get("etag"), await read.json()]).toEqual([answer.headers.get("etag"), product]);
  });

  it.each([
    ["no name", { name: undefined }, "name"],
    ["an empty name", { name: "  " }, "name"],
    ["a wrong check digit", { gtin: "7791234567899" }, "gtin"],
    ["a negative price", { price: "-1" }, "price"],
    ["a price that is a number", { price: 12 }, "price"],
    ["a price of five decimals", { price: "1.00001" }, "price"],
    ["a minimum of nothing", { minimumPurchase: "0.000" }, "minimumPurchase"],
    ["an unknown unit", { unit: "bucket" }, "unit"],
    ["an unknown currency", { currency: "pesos" }, "currency"],
    ["a name with a NUL", { name: "a\0b" }, "name"],
    ["a supplier that is no UUID", { supplierId: "me" }, "supplierId"],
    ["a field that there is not", { colour: "red" }, ""],
  ])("with %s is refused, and the place named", async (_what, fields, path) => {
    const body = { sku: `sku-${randomUUID()}`, name: "Yerba", ...fields };
    const problem = await problemOf(await request("POST", "", body), 400, "VALIDATION_FAILED");
    expect(problem.errors).toContainEqual(expect.objectContaining({ path }));
  });

  it("is not made of what is no JSON, not said to be JSON, or too much of it", async () => {
    const authorization = `Bearer ${await shop.app.tokenFor(admin)}`;
    const post = (body: string, type: string) =>
      shop.app.app.request("/v1/products", { method: "POST", body, headers: { authorization, "content-type": type } });
    await problemOf(await post("{", "application/json"), 400, "VALIDATION_FAILED");
    await problemOf(await post("[]", "application/json"), 400, "VALIDATION_FAILED");
    const large = JSON.stringify({ description: "x".repeat(1_100_000) });
    await problemOf(await post(large, "application/json"), 413, "PAYLOAD_TOO_LARGE");
    expect((await post("sku=a&name=b", "application/x-www-form-urlencoded")).status).toBeOneOf([400, 415]);
  });

  it("has a SKU that no other has, also not at the same time", async () => {
    const body = { sku: `sku-${randomUUID()}`, name: "Yerba" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => request("POST", "", body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const problem = await problemOf(await request("POST", "", body), 409, "CONFLICT");
    expect(problem.errors).toEqual([{ path: "sku", message: expect.any(String) }]);
  });

  it("is made once for a key", async () => {
    const key = { "idempotency-key": randomUUID() };
    const body = { sku: `sku-${randomUUID()}`, name: "Yerba" };
    const first = await bodyOf(await request("POST", "", body, key), 201);
    expect(await bodyOf(await request("POST", "", body, key), 201)).toEqual(first);
    await problemOf(await request("POST", "", { ...body, name: "Té" }, key), 422, "IDEMPOTENCY_KEY_REUSED");
  });
});

describe("a change", () => {
  it("needs the ETag that was read: 428 without, 412 with an old one; nobody's change is lost", async () => {
    const { id } = await shop.newProduct();
    const etag = (await request("GET", `/${id}`)).headers.get("etag") ?? "";
    await problemOf(await request("PATCH", `/${id}`, { name: "A" }), 428, "PRECONDITION_REQUIRED");
    const writers = await Promise.all(
      ["A", "B", "C"].map((name) => request("PATCH", `/${id}`, { name }, { "if-match": etag })),
    );
    expect(writers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const refused = await request("PATCH", `/${id}`, { name: "D" }, { "if-match": etag });
    const present = (await request("GET", `/${id}`)).headers.get("etag");
    expect(refused.headers.get("etag")).toBe(present);
    await problemOf(refused, 412, "PRECONDITION_FAILED");
    const changed = await request("PATCH", `/${id}`, { cost: "1.5", gtin: null }, { "if-match": present ?? "" });
    expect(await bodyOf(changed, 200)).toMatchObject({ cost: "1.50", gtin: null });
    expect(changed.headers.get("etag")).not.toBe(present);
  });

  it("is not stopped by thumbnails that came meanwhile, though the ETag is another", async () => {
    const { id } = await shop.newProduct();
    const etag = (await request("GET", `/${id}`)).headers.get("etag") ?? "";
    await shop.addPhoto(id);
    expect((await request("GET", `/${id}`)).headers.get("etag")).not.toBe(etag);
    expect((await request("PATCH", `/${id}`, { name: "A" }, { "if-match": etag })).status).toBe(200);
  });

  it("must name something that there is", async () => {
    const { id } = await shop.newProduct();
    const any = { "if-match": "*" };
    await problemOf(await request("PATCH", `/${id}`, {}, any), 400, "VALIDATION_FAILED");
    await problemOf(await request("PATCH", `/${id}`, { id: randomUUID() }, any), 400, "VALIDATION_FAILED");
    await problemOf(await request("PATCH", `/${randomUUID()}`, { name: "A" }, any), 404, "NOT_FOUND");
    await problemOf(await request("PATCH", "/x", { name: "A" }, any), 400, "VALIDATION_FAILED");
    const taken = await shop.newProduct();
    await problemOf(await request("PATCH", `/${id}`, { sku: taken.sku }, any), 409, "CONFLICT");
  });

  it("that is not read again costs nothing: 304", async () => {
    const { id } = await shop.newProduct();
    const etag = (await request("GET", `/${id}`)).headers.get("etag") ?? "";
    const unchanged = await request("GET", `/${id}`, undefined, { "if-none-match": `"other", W/${etag}` });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, ""]);
    await shop.addPhoto(id);
    expect((await request("GET", `/${id}`, undefined, { "if-none-match": etag })).status).toBe(200);
  });
});

describe("deleting", () => {
  it("takes it off the catalogue at once, and purges it with its photos after the grace time", async () => {
    const { id, sku } = await shop.newProduct();
    const { id: imageId } = await shop.addPhoto(id);
    const key = { "idempotency-key": randomUUID() };
    expect((await request("DELETE", `/${id}`, undefined, key)).status).toBe(204);
    expect((await request("DELETE", `/${id}`, undefined, key)).status).toBe(204);
    await problemOf(await request("DELETE", `/${id}`), 404, "NOT_FOUND");
    await problemOf(await request("GET", `/${id}`), 404, "NOT_FOUND");
    expect((await list({ query: sku })).items).toEqual([]);
    const { db } = shop.app.database;
    expect(await purgeDeletedProducts(db, deletedProductsGraceDays.fallback, 100)).toBe(0);
    expect(await purgeDeletedProducts(db, 0, 100)).toBe(1);
    await problemOf(await shop.app.request(admin, "GET", `/v1/images/${imageId}`), 404, "NOT_FOUND");
    expect((await shop.sql.purges(id)).map((purge) => purge.key)).toEqual([`products/${id}/${imageId}/`]);
  });
});

describe("the list", () => {
  it("comes in pages, newest first, none twice and none left out, though others are added meanwhile", async () => {
    const category = randomUUID();
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) made.unshift((await shop.newProduct({ category })).id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ category, limit: "2", ...(cursor !== null && { cursor }) });
      seen.push(...idsOf(page.items));
      cursor = page.nextCursor;
      await shop.newProduct({ category });
    } while (cursor !== null);
    expect(seen).toEqual(made);
  });

  it.each(["x", encodeCursor([]), encodeCursor(["today", randomUUID()]), encodeCursor(["9".repeat(30), randomUUID()])])(
    "begins nowhere but where it ended: the cursor %s is refused",
    async (cursor) => {
      await problemOf(await request("GET", `?cursor=${cursor}`), 400, "VALIDATION_FAILED");
    },
  );

  it.each(["limit=0", "limit=201", "limit=x", "imageState=lost", "supplierId=me", "query=%00", "category=%00"])(
    "refuses %s",
    async (query) => {
      await problemOf(await request("GET", `?${query}`), 400, "VALIDATION_FAILED");
    },
  );

  it("finds all the words in name, sku and gtin, whatever their accents and case", async () => {
    const mark = randomUUID().slice(0, 8);
    const { id } = await shop.newProduct({ name: `Ñandú café ${mark}`, sku: `Öl-${mark}`, gtin: "96385074" });
    for (const query of [
      `nandu ${mark}`,
      `CAFE ${mark.toUpperCase()}`,
      `ol-${mark}`,
      `96385074 ${mark}`,
      `andú ${mark}`,
    ]) {
      expect([query, idsOf((await list({ query })).items)]).toEqual([query, [id]]);
    }
    for (const query of [`${mark} tea`, `%${mark}`, `caf_ ${mark}`, `${mark}\\`]) {
      expect([query, idsOf((await list({ query })).items)]).toEqual([query, []]);
    }
  });

  it("is narrowed by category, supplier and the main photo's state, and shows the main photo alone", async () => {
    const supplierId = randomUUID();
    const bare = await shop.newProduct({ supplierId, category: "a" });
    const shown = await shop.newProduct({ supplierId, category: "b" });
    const main = await shop.addPhoto(shown.id);
    await shop.addPhoto(shown.id, await photo("png"));
    const find = async (filter: Readonly<Record<string, string>>) =>
      idsOf((await list({ supplierId, ...filter })).items);
    expect(await find({})).toEqual([shown.id, bare.id]);
    expect(await find({ category: "a" })).toEqual([bare.id]);
    expect(await find({ imageState: "missing" })).toEqual([bare.id]);
    expect(await find({ imageState: "uploaded" })).toEqual([shown.id]);
    expect(await find({ imageState: "ready" })).toEqual([]);
    expect((await list({ supplierId, category: "b" })).items[0]?.images).toEqual([main]);
  });
});
