import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Page } from "../../foundation/http/pagination.ts";
import { type TestApplication, type TestCaller, testApplication } from "../../testing/test-application.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";
import type { DayRow } from "../movements/daily-queries.ts";
import type { MovementRow } from "../movements/queries.ts";
import type { StockRow, StockSummaryRow } from "./level-queries.ts";

let application: TestApplication;
let stock: Stock;
const warehouse = { role: "warehouse" } as const;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => application.close());

const get = async <T>(path: string, caller: TestCaller = warehouse) =>
  bodyOf<T>(await application.request(caller, "GET", path));
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** All rows of a list, two at a time. */
async function paged(path: string): Promise<StockRow[]> {
  const rows: StockRow[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Page<StockRow> = await get<Page<StockRow>>(`${path}&limit=2${cursor && `&cursor=${cursor}`}`);
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

test("stock is sorted by name, by what is free and by expiry, page by page, and narrowed", async () => {
  const locationId = await stock.createLocation();
  const names = ["Ñoquis", "arroz", "Ázúcar", "Zapallo", "Ñandú".repeat(60)];
  const items = [];
  for (const [index, name] of names.entries()) {
    const item = await stock.createStock(index + 1, { locationId });
    await stock.rows("update catalog.products set name = $2, category = $3 where id = $1", [
      item.productId,
      name,
      index % 2 === 0 ? `even ${locationId}` : null,
    ]);
    items.push(item);
  }
  const [first, second] = items;
  if (first === undefined || second === undefined) throw new Error("there are items");
  await stock.move("entry", [{ ...second, quantity: 1, lot: "L", expiresOn: day(3) }]);
  await stock.move("entry", [{ ...first, quantity: 1, lot: "L", expiresOn: day(90) }]);
  await stock.reserve([{ ...first, quantity: 1 }]);
  const path = `/v1/stock?locationId=${locationId}`;

  const inOrder = await stock.rows<{ name: string }>(
    "select name from catalog.products where id = any ($1) order by left(name, 100), id",
    [items.map(({ productId }) => productId)],
  );
  expect((await paged(`${path}&sort=name`)).map(({ name }) => name)).toEqual(inOrder.map(({ name }) => name));
  expect((await paged(`${path}&sort=available`)).map(({ available }) => available)).toEqual(["1", "3", "3", "4", "5"]);
  expect((await paged(`${path}&sort=-available`)).map(({ available }) => available)).toEqual(["5", "4", "3", "3", "1"]);
  const byExpiry = await paged(`${path}&sort=expiry`);
  expect(byExpiry).toHaveLength(5);
  expect(byExpiry.slice(0, 2).map(({ nextExpiry }) => nextExpiry)).toEqual([day(3), day(90)]);

  expect((await paged(`${path}&expiringWithinDays=10`)).map(({ productId }) => productId)).toEqual([second.productId]);
  expect((await paged(`${path}&reserved=true`)).map(({ productId }) => productId)).toEqual([first.productId]);
  expect(await paged(`${path}&category=even ${locationId}`)).toHaveLength(3);
  expect((await application.request(warehouse, "GET", `${path}&sort=price`)).status).toBe(400);
  const csv = await application.request(warehouse, "GET", `/v1/stock/export.csv?locationId=${locationId}&sort=name`);
  expect((await csv.text()).trimEnd().split("\r\n")).toHaveLength(6);
});

test("a level shows its product's smallest thumbnail at an address", async () => {
  const item = await stock.createStock(1);
  await stock.rows("alter table catalog.product_images disable trigger user");
  await stock.rows(
    `insert into catalog.product_images (product_id, position, sha256, mime_type, width, height, size_bytes,
       original_key, thumbnail_state, thumbnail_signature, thumbnail_url, thumbnails)
     values ($1, 0, repeat('a', 64), 'image/jpeg', 1, 1, 1, 'products/o.jpg', 'ready', repeat('a', 16) || '.1', 'products/d.jpg', $2)`,
    [
      item.productId,
      JSON.stringify(
        Object.fromEntries(
          ["minithumb", "mobile", "tablet", "desktop"].map((variant) => [variant, `products/${variant}.jpg`]),
        ),
      ),
    ],
  );
  const { items } = await get<Page<object>>(`/v1/stock?productId=${item.productId}`);
  expect(items).toMatchObject([{ thumbnailUrl: "/media/products/minithumb.jpg" }]);
  expect(items[0]).not.toHaveProperty("thumbnailKey");
});

test("the summary counts what the filters show, and what it is worth", async () => {
  const locationId = await stock.createLocation();
  const item = await stock.createStock(5, { locationId });
  const low = await stock.createStock(2, { locationId });
  const gone = await stock.createStock(1, { locationId });
  await stock.rows("select inventory.set_stock_limits($1, $2, 3, null)", [low.productId, locationId]);
  await stock.move("entry", [{ ...item, quantity: 1, lot: "L", expiresOn: day(2) }]);
  await stock.reserve([{ ...gone, quantity: 1 }]);
  expect(await get<StockSummaryRow>(`/v1/stock/summary?locationId=${locationId}`)).toEqual({
    levels: 3,
    low: 1,
    out: 1,
    expiring: 1,
    reservedLines: 1,
    worth: [{ currency: "ARS", amount: "900.00" }],
  });
  const { items } = await get<Page<StockRow>>(`/v1/stock/low?locationId=${locationId}`);
  expect(items.map(({ state }) => state).toSorted()).toEqual(["low", "out"]);
});

test("days tell what came and went, and what was there at their end", async () => {
  const item = await stock.createStock(0);
  await stock.rows(
    "insert into inventory.stock_levels (product_id, location_id, on_hand, position) values ($1, $2, 10, 1)",
    [item.productId, item.locationId],
  );
  await stock.rows(
    `insert into inventory.movements (
       id, document_id, product_id, location_id, position, type, delta, balance_after, created_by, created_at
     )
     select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || substr(md5(random()::text), 1, 16))::uuid,
       gen_random_uuid(), $1, $2, 1, 'entry', 10, 10, 'test', at
     from (select now() - interval '2 days' as at) as earlier`,
    [item.productId, item.locationId],
  );
  await stock.move("exit", [{ ...item, quantity: 3 }]);
  const path = `/v1/stock/movements/daily?productId=${item.productId}&locationId=${item.locationId}`;
  const { items } = await get<{ items: DayRow[] }>(`${path}&days=3`);
  expect(items).toHaveLength(3);
  expect(items.map(({ entries, exits, balance }) => [entries, exits, balance])).toEqual([
    ["10", "0", "10"],
    ["0", "0", "10"],
    ["0", "3", "7"],
  ]);
  const { items: all } = await get<{ items: DayRow[] }>("/v1/stock/movements/daily?days=1");
  expect(all).toHaveLength(1);
  expect((await application.request(warehouse, "GET", `${path}&days=0`)).status).toBe(400);
});

test("who lost an answer asks by the key, and sees their own alone", async () => {
  const item = await stock.createStock(5);
  const key = randomUUID();
  const headers = { "idempotency-key": key };
  const lines = [{ ...item, quantity: 1 }];
  const asked = async (caller: TestCaller) => {
    const reservations = await get<Page<object>>(`/v1/reservations?key=${key}`, caller);
    const movements = await get<Page<MovementRow>>(`/v1/stock/movements?key=${key}`, caller);
    return [reservations.items.length, movements.items.length];
  };
  expect(await asked(warehouse)).toEqual([0, 0]);
  await application.request(warehouse, "POST", "/v1/reservations", { lines }, headers);
  await application.request(warehouse, "POST", "/v1/stock/movements", { type: "exit", lines }, headers);
  expect(await asked(warehouse)).toEqual([1, 1]);
  expect(await asked({ role: "admin" })).toEqual([0, 0]);
});

test("nothing enters a location that is out of use, and none goes out of use with stock", async () => {
  const item = await stock.createStock(1);
  const change = async (isActive: boolean) =>
    application.request(warehouse, "PATCH", `/v1/locations/${item.locationId}`, { isActive });
  expect(await bodyOf(await change(false))).toMatchObject({ code: "LOCATION_IN_USE" });
  await stock.move("exit", [{ ...item, quantity: 1 }]);
  expect((await change(false)).status).toBe(200);
  const enter = async () =>
    application.request(
      warehouse,
      "POST",
      "/v1/stock/movements",
      { type: "entry", lines: [{ ...item, quantity: 1 }] },
      { "idempotency-key": randomUUID() },
    );
  const refused = await enter();
  expect([refused.status, await bodyOf(refused)]).toMatchObject([
    409,
    { code: "LOCATION_NOT_IN_USE", errors: [{ locationId: item.locationId }] },
  ]);
  await change(true);
  expect((await enter()).status).toBe(201);
});

test("a count of as many products as are allowed is kept with its report, and repeated by its key", async () => {
  const locationId = await stock.createLocation();
  const products = await stock.rows<{ id: string }>(
    `insert into catalog.products (sku, name, cost) select 'count-' || gen_random_uuid(), 'A product with a long name '
       || repeat('x', 150), 1 from generate_series(1, 5000) returning id`,
  );
  const key = randomUUID();
  const body = {
    locationId,
    lines: products.map(({ id }, index) => ({ productId: id, counted: index < 20 ? "2" : "0", countedFrom: 0 })),
  };
  const count = async () =>
    application.request(warehouse, "POST", "/v1/stock/counts", body, { "idempotency-key": key });
  const counted = await count();
  expect([counted.status, await bodyOf(counted)]).toMatchObject([201, { linesCounted: 5000, linesOff: 20 }]);
  expect((await count()).status).toBe(200);
}, 60_000);

test("lines of one act are in the ledger in the order in which they were written", async () => {
  const item = await stock.createStock(0);
  await stock.move(
    "entry",
    Array.from({ length: 40 }, () => ({ ...item, quantity: 1 })),
  );
  const { items } = await get<Page<MovementRow>>(`/v1/stock/movements?productId=${item.productId}&limit=200`);
  expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, index) => 40 - index));
});
