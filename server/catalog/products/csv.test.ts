import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestCaller } from "../../testing/test-application.ts";
import { admin, bodyOf, formOf, openShop, problemOf, type Shop } from "../catalog.testing.ts";
import type { Product } from "../schemas.ts";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ background: false });
});
afterAll(() => shop.close());

async function send(
  body: string | Uint8Array | FormData,
  options: { caller?: TestCaller; query?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const { caller = admin, query = "", headers = {} } = options;
  return shop.app.app.request(`/v1/products/import${query}`, {
    method: "POST",
    body: body instanceof Uint8Array ? new Uint8Array(body) : body,
    headers: {
      authorization: `Bearer ${await shop.app.tokenFor(caller)}`,
      ...(!(body instanceof FormData) && { "content-type": "text/csv" }),
      ...headers,
    },
  });
}

async function find(sku: string): Promise<Product | undefined> {
  const { items } = await shop.ask(admin, "GET", `/v1/products?query=${encodeURIComponent(sku)}`, 200);
  return (items as Product[]).find((product) => product.sku === sku);
}

async function exported(caller: TestCaller, query = ""): Promise<string> {
  const answer = await shop.app.request(caller, "GET", `/v1/products/export.csv${query}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  // Not `text()`, which would take the byte order mark off.
  return Buffer.from(await answer.arrayBuffer()).toString();
}

describe("import", () => {
  it("creates and changes by SKU, leaves what it does not name, and can be repeated", async () => {
    const known = await shop.newProduct({ name: "Old", category: "tea", price: "3" });
    const fresh = `sku-${randomUUID()}`;
    const csv = `sku,name,price\n${known.sku},New,\n${fresh},Fresh,12.50\n`;
    const report = await bodyOf(await send(csv), 200);
    expect(report).toMatchObject({ isDryRun: false, isApplied: true, created: 1, updated: 1, refused: 0 });
    expect(report.rows).toEqual([
      { line: 2, sku: known.sku, action: "updated", errors: [] },
      { line: 3, sku: fresh, action: "created", errors: [] },
    ]);
    expect(await find(known.sku)).toMatchObject({ name: "New", price: "3.00", category: "tea" });
    expect(await bodyOf(await send(csv), 200)).toMatchObject({ created: 0, updated: 2 });
  });

  it("reads what a spreadsheet of the shop's country writes: byte order mark, semicolons, decimal commas", async () => {
    const sku = `sku-${randomUUID()}`;
    const csv = `\uFEFFSKU;Name;Price;is_active\r\n${sku};"Café; molido";1.234,50;no\r\n`;
    expect(await bodyOf(await send(formOf([["file", { bytes: Buffer.from(csv), name: "a.csv" }]])), 200)).toMatchObject(
      {
        created: 1,
      },
    );
    expect(await find(sku)).toMatchObject({ name: "Café; molido", price: "1234.50", isActive: false });
  });

  it("tells in a dry run what would happen, and does none of it", async () => {
    const sku = `sku-${randomUUID()}`;
    const csv = `sku,name\n${sku},A\n${sku}-2,\n`;
    expect(await bodyOf(await send(csv, { query: "?dryRun=true" }), 200)).toMatchObject({
      isDryRun: true,
      isApplied: false,
      created: 1,
      refused: 1,
    });
    expect(await find(sku)).toBeUndefined();
    await problemOf(await send(csv, { query: "?dryRun=yes" }), 400, "VALIDATION_FAILED");
  });

  it("with one row that is refused does nothing, and names all that is wrong, row by row", async () => {
    const sku = `sku-${randomUUID()}`;
    const csv = [
      "sku,name,price,gtin,minimum_purchase",
      `${sku},Good,1,,`,
      `${sku}-a,,cheap,123,0`,
      `${sku},Again,1,,`,
      ",Nameless,1,,",
    ].join("\n");
    const report = await bodyOf(await send(csv), 422);
    expect(report).toMatchObject({ isApplied: false, refused: 3 });
    const rows = report.rows as { line: number; errors: { column: string }[] }[];
    expect(rows.map(({ line, errors }) => [line, errors.map(({ column }) => column).sort()])).toEqual([
      [2, []],
      [3, ["gtin", "minimum_purchase", "name", "price"]],
      [4, ["sku"]],
      [5, ["sku"]],
    ]);
    expect(await find(sku)).toBeUndefined();
  });

  it("is done once for a key", async () => {
    const sku = `sku-${randomUUID()}`;
    const headers = { "idempotency-key": randomUUID() };
    const first = await bodyOf(await send(`sku,name\n${sku},A\n`, { headers }), 200);
    expect(await bodyOf(await send(`sku,name\n${sku},A\n`, { headers }), 200)).toEqual(first);
    await problemOf(await send(`sku,name\n${sku},B\n`, { headers }), 422, "IDEMPOTENCY_KEY_REUSED");
  });

  it.each<readonly [string, string | Uint8Array, number, string]>([
    ["no rows at all", "", 400, "VALIDATION_FAILED"],
    ["no SKU column", "name\nA\n", 400, "VALIDATION_FAILED"],
    ["a column that there is not", "sku,colour\na,red\n", 400, "VALIDATION_FAILED"],
    ["another encoding", Buffer.from([0x73, 0x6b, 0x75, 0x0a, 0xf1]), 400, "VALIDATION_FAILED"],
    ["an open quote", 'sku\n"a\n', 400, "VALIDATION_FAILED"],
    ["20,001 rows", `sku\n${"a\n".repeat(20_001)}`, 400, "VALIDATION_FAILED"],
    ["more than 10 MiB", Buffer.alloc(10 * 1024 * 1024 + 1, "a"), 413, "PAYLOAD_TOO_LARGE"],
  ])("%s is refused", async (_what, csv, status, code) => {
    await problemOf(await send(csv), status, code);
  });

  it("is a CSV file, in the field file where it is a form", async () => {
    const headers = { "content-type": "application/json" };
    await problemOf(await send("{}", { headers }), 415, "UNSUPPORTED_MEDIA_TYPE");
    await problemOf(await send(formOf([["csv", Buffer.from("sku\na\n")]])), 400, "VALIDATION_FAILED");
    await problemOf(await send(formOf([["file", "sku"]])), 400, "VALIDATION_FAILED");
  });

  it("of a seller makes and changes their own products alone", async () => {
    const caller = { role: "supplier", supplierId: randomUUID() } as const;
    const others = await shop.newProduct({ supplierId: randomUUID(), name: "Theirs" });
    const sku = `sku-${randomUUID()}`;
    expect(await bodyOf(await send(`sku,name\n${sku},Mine\n`, { caller }), 200)).toMatchObject({ created: 1 });
    expect(await find(sku)).toMatchObject({ supplierId: caller.supplierId });
    for (const csv of [
      `sku,name\n${sku},Changed\n${others.sku},Stolen\n`,
      `sku,name,supplier_id\n${sku},Changed,${others.supplierId}\n`,
      `sku,name,supplier_id\n${sku}-new,Changed,${others.supplierId}\n`,
    ]) {
      const report = await bodyOf(await send(csv, { caller }), 422);
      expect(report).toMatchObject({ isApplied: false, refused: 1 });
    }
    expect([(await find(sku))?.name, (await find(others.sku))?.name]).toEqual(["Mine", "Theirs"]);
    await problemOf(await send(`sku,name\nx,X\n`, { caller: { role: "sales" } }), 403, "FORBIDDEN");
  });
});

describe("export", () => {
  it("gives a seller's own products, nothing in them a spreadsheet would run, and what was exported is what is imported", async () => {
    const caller = { role: "supplier", supplierId: randomUUID() } as const;
    const other = await shop.newProduct();
    const product = await shop.newProduct(
      {
        name: "=1+1",
        description: 'two\nlines; "quoted"',
        price: "1234.5",
        cost: null,
        category: "+tea",
        isActive: false,
      },
      caller,
    );
    const csv = await exported(caller, "?delimiter=semicolon");
    expect(csv.startsWith("\uFEFFsku;name;")).toBe(true);
    expect(csv).toContain(`${product.sku};'=1+1;"two\nlines; ""quoted""";'+tea;`);
    expect(csv).toContain(";1234,50;");
    expect(csv).not.toContain(other.sku);
    for (const again of [csv, await exported(caller)]) {
      expect(await bodyOf(await send(again, { caller }), 200)).toMatchObject({ updated: 1, refused: 0 });
      expect(await find(product.sku)).toMatchObject({ ...product, updatedAt: expect.any(String) });
    }
    await problemOf(
      await shop.app.request(caller, "GET", "/v1/products/export.csv?delimiter=tab"),
      400,
      "VALIDATION_FAILED",
    );
  });

  it("goes on over page borders", async () => {
    const caller = { role: "supplier", supplierId: randomUUID() } as const;
    const skus = Array.from({ length: 450 }, (_, n) => `bulk-${n}-${caller.supplierId}`);
    await bodyOf(await send(`sku,name\n${skus.map((sku) => `${sku},Bulk`).join("\n")}\n`, { caller }), 200);
    const lines = (await exported(caller)).trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => line.split(",")[0]).sort()).toEqual([...skus].sort());
  });
});
