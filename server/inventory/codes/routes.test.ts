import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApplication, type TestCaller, testApplication } from "../../testing/test-application.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";
import { hasRightCheckDigit } from "./measured-code.ts";
import type { Scan } from "./scan.ts";

let application: TestApplication;
let stock: Stock;
const warehouse = { role: "warehouse" } as const;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterAll(async () => application.close());

const scan = async (code: string, caller: TestCaller = warehouse) =>
  bodyOf<Scan>(await application.request(caller, "GET", `/v1/scan?code=${encodeURIComponent(code)}`));
const link = async (productId: string, body: object, caller: TestCaller = warehouse, key = randomUUID()) =>
  application.request(caller, "POST", `/v1/products/${productId}/codes`, body, { "idempotency-key": key });
const give = async (productId: string, column: "gtin" | "sku", value: string) =>
  stock.rows(`update catalog.products set ${column} = $2 where id = $1`, [productId, value]);

/** As a scale prints it: the twelve digits, and the one that checks them. */
const printed = (digits: string, off = 0): string =>
  digits + ((Number([..."0123456789"].find((check) => hasRightCheckDigit(digits + check))) + off) % 10);

test("a scan finds a product by its GTIN, with and without leading zeros, and by its SKU, whole", async () => {
  const productId = await stock.createProduct();
  await give(productId, "gtin", "0036000291452");
  for (const code of ["0036000291452", "036000291452", "00036000291452"]) {
    expect(await scan(code), code).toMatchObject({ kind: "gtin", product: { id: productId }, quantity: "1" });
  }
  const sku = `Yerba/1 ${randomUUID()}`;
  await give(productId, "sku", sku);
  expect(await scan(sku)).toMatchObject({ kind: "sku", product: { id: productId, sku } });
  expect(await scan(sku.slice(0, 8))).toEqual({
    code: sku.slice(0, 8).trim(),
    kind: "unknown",
    linkCode: sku.slice(0, 8).trim(),
    product: null,
    quantity: null,
    price: null,
  });
});

test("a SKU is found whatever its case, the one that is written the same first, and a linked code before a likeness", async () => {
  const mark = randomUUID().slice(0, 8).toUpperCase();
  const [capitals, small] = [await stock.createProduct(), await stock.createProduct()];
  await give(capitals, "sku", `YERBA-Ñ${mark}`);
  for (const code of [`yerba-ñ${mark}`, `Yerba-Ñ${mark}`.toLowerCase(), `YERBA-Ñ${mark}`]) {
    expect(await scan(code), code).toMatchObject({ kind: "sku", code, product: { id: capitals } });
  }
  await give(small, "sku", `yerba-ñ${mark}`);
  expect(await scan(`YERBA-Ñ${mark}`)).toMatchObject({ product: { id: capitals } });
  expect(await scan(`yerba-ñ${mark}`)).toMatchObject({ product: { id: small } });

  const linked = await stock.createProduct();
  await link(linked, { code: `box-${mark}` });
  await give(capitals, "sku", `BOX-${mark}`);
  expect(await scan(`box-${mark}`)).toMatchObject({ kind: "linked", product: { id: linked } });
  expect(await scan(`Box-${mark}`)).toMatchObject({ kind: "sku", product: { id: capitals } });
  expect((await link(linked, { code: `bOX-${mark}` })).status).toBe(409);
});

test("an unknown code is linked once, and then stands for as much as was said", async () => {
  const productId = await stock.createProduct();
  const code = `carton ${randomUUID()}`;
  const key = randomUUID();
  const linked = await link(productId, { code, quantity: 12 }, warehouse, key);
  expect([linked.status, await bodyOf(linked)]).toMatchObject([201, { items: [{ code, quantity: "12" }] }]);
  expect((await link(productId, { code, quantity: 12 }, warehouse, key)).status).toBe(200);
  expect(await scan(code)).toMatchObject({ kind: "linked", quantity: "12", product: { id: productId } });
  expect((await link(productId, { code, quantity: 6 })).status).toBe(201);
  expect(await scan(code)).toMatchObject({ quantity: "6" });
  const taken = await application.request(
    warehouse,
    "DELETE",
    `/v1/products/${productId}/codes/${encodeURIComponent(code)}`,
  );
  expect([taken.status, await bodyOf(taken)]).toEqual([200, { items: [] }]);
  expect(await scan(code)).toMatchObject({ kind: "unknown" });
});

test("a code that is another product's is refused, with whose it is", async () => {
  const [first, second] = [await stock.createProduct(), await stock.createProduct()];
  const code = randomUUID();
  const sku = `sku ${randomUUID()}`;
  await link(first, { code });
  await give(first, "sku", sku);
  for (const taken of [code, sku]) {
    const refused = await link(second, { code: taken });
    expect([refused.status, await bodyOf(refused)]).toMatchObject([
      409,
      { code: "CODE_TAKEN", errors: [{ path: "code", productId: first }] },
    ]);
  }
  expect((await link(randomUUID(), { code: randomUUID() })).status).toBe(404);
});

test("a scale's code is weighed, or priced, for the product that its item is", async () => {
  const cheese = await stock.createProduct();
  // Unknown at first: what to link is prefix and item, whatever was weighed.
  expect(await scan(printed("205432101250"))).toMatchObject({
    kind: "measured",
    linkCode: "2054321",
    product: null,
    quantity: "1.25",
    price: null,
  });
  await link(cheese, { code: "2054321" });
  expect(await scan(printed("205432101250"))).toMatchObject({ product: { id: cheese }, quantity: "1.25" });
  expect(await scan(printed("205432101250", 1))).toMatchObject({ kind: "unknown" });

  const ham = await stock.createProduct();
  await give(ham, "sku", "4711");
  expect(await scan(printed("250471106500"))).toMatchObject({
    kind: "measured",
    product: { id: ham, price: "130.00" },
    price: "65",
    quantity: "0.5",
  });

  const olives = await stock.createProduct();
  await give(olives, "gtin", printed("210007700000"));
  expect(await scan(printed("210007700350"))).toMatchObject({ product: { id: olives }, quantity: "0.35" });
});

test("who may: all of the shop scan, the warehouse links, a seller finds their own products alone", async () => {
  const supplierId = randomUUID();
  const [own, foreign] = [await stock.createProduct({ supplierId }), await stock.createProduct()];
  const [ownCode, foreignCode] = [randomUUID(), randomUUID()];
  await link(own, { code: ownCode });
  await link(foreign, { code: foreignCode });
  const seller = { role: "supplier", supplierId } as const;
  expect(await scan(ownCode, seller)).toMatchObject({ product: { id: own } });
  expect(await scan(foreignCode, seller)).toMatchObject({ kind: "unknown", product: null });
  expect(await scan(foreignCode, { role: "sales" })).toMatchObject({ product: { id: foreign } });
  const skuOf = async (id: string) =>
    (await stock.value<string>("select sku as value from catalog.products where id = $1", [id])).toUpperCase();
  expect(await scan(await skuOf(own), seller)).toMatchObject({ kind: "sku", product: { id: own } });
  expect(await scan(await skuOf(foreign), seller)).toMatchObject({ kind: "unknown", product: null });
  for (const caller of [{ role: "sales" }, seller] as const) {
    expect((await link(own, { code: randomUUID() }, caller)).status).toBe(403);
  }
  expect((await application.request(null, "GET", "/v1/scan?code=1")).status).toBe(401);
  expect((await application.request(warehouse, "GET", "/v1/scan?code=")).status).toBe(400);
  expect((await link(own, { code: "x", quantity: 0 })).status).toBe(400);
});
