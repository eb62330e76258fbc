import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Page } from "../../foundation/http/pagination.ts";
import { type TestApplication, type TestCaller, testApplication } from "../../testing/test-application.ts";
import type { CountLineRow, CountRow } from "../counts/queries.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";
import type { StockRow } from "../stock/level-queries.ts";
import type { MovementRow } from "./queries.ts";

interface Document {
  readonly id: string;
  readonly movements: readonly MovementRow[];
}

let application: TestApplication;
let stock: Stock;
const warehouse = { role: "warehouse" } as const;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => application.close());

const send = async (path: string, body: unknown, key = randomUUID(), caller: TestCaller = warehouse) =>
  application.request(caller, "POST", path, body, { "idempotency-key": key });
const get = async (path: string, caller: TestCaller = warehouse) => application.request(caller, "GET", path);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

test("entries, exits and adjustments are booked with their balances, once per key", async () => {
  const { productId, locationId } = await stock.createStock(0);
  const line = { productId, locationId };
  const key = randomUUID();
  const entry = { type: "entry", lines: [{ ...line, quantity: "10.5" }], reason: "first", reference: "R1" };
  const booked = await send("/v1/stock/movements", entry, key);
  expect(booked.status).toBe(201);
  const document = await bodyOf<Document>(booked);
  expect(document.movements).toMatchObject([
    { type: "entry", delta: "10.5", balanceAfter: "10.5", position: 1, reason: "first", reference: "R1", undoes: null },
  ]);
  const again = await send("/v1/stock/movements", entry, key);
  expect([again.status, await bodyOf(again)]).toEqual([200, document]);
  const other = await send("/v1/stock/movements", { ...entry, reference: "R2" }, key);
  expect([other.status, await bodyOf(other)]).toMatchObject([422, { code: "IDEMPOTENCY_KEY_REUSED" }]);

  await send("/v1/stock/movements", { type: "exit", lines: [{ ...line, quantity: 4 }], reason: "broken" });
  await send("/v1/stock/movements", { type: "adjustment", lines: [{ ...line, quantity: "-0.5" }] });
  const ledger = await bodyOf<Page<MovementRow>>(await get(`/v1/stock/movements?productId=${productId}`));
  expect(ledger.items.map(({ type, delta, balanceAfter }) => [type, delta, balanceAfter])).toEqual([
    ["adjustment", "-0.5", "6"],
    ["exit", "-4", "6.5"],
    ["entry", "10.5", "10.5"],
  ]);
  const csv = Buffer.from(
    await (await get(`/v1/stock/movements/export.csv?productId=${productId}`)).arrayBuffer(),
  ).toString("utf8");
  expect(csv.split("\r\n")[1]).toContain(";adjustment;");
  expect(csv).toContain(";-0,5;6;".replace(";-", ";'-"));
});

test("an outflow never eats what is reserved", async () => {
  const item = await stock.createStock(5);
  await stock.reserve([{ ...item, quantity: 3 }]);
  const out = { type: "exit", lines: [{ ...item, quantity: 3 }] };
  const refused = await send("/v1/stock/movements", out);
  expect([refused.status, await bodyOf(refused)]).toMatchObject([
    409,
    { code: "INSUFFICIENT_STOCK", errors: [{ ...item, requested: "3", available: "2" }] },
  ]);
  const elsewhere = await stock.createLocation();
  const transfer = { fromLocationId: item.locationId, toLocationId: elsewhere, lines: [{ ...item, quantity: 3 }] };
  expect(
    (await send("/v1/stock/transfers", { ...transfer, lines: [{ productId: item.productId, quantity: 3 }] })).status,
  ).toBe(409);
  const unknown = { type: "entry", lines: [{ productId: randomUUID(), locationId: item.locationId, quantity: 1 }] };
  expect((await send("/v1/stock/movements", unknown)).status).toBe(404);
});

test("a transfer takes its lots along, and can be taken back, once", async () => {
  const item = await stock.createStock(1);
  const { productId, locationId } = item;
  const to = await stock.createLocation();
  await stock.move("entry", [{ ...item, quantity: 2, lot: "L1", expiresOn: day(5) }]);
  const moved = await bodyOf<Document>(
    await send("/v1/stock/transfers", {
      fromLocationId: locationId,
      toLocationId: to,
      lines: [{ productId, quantity: "2.5" }],
    }),
  );
  expect(moved.movements.map(({ type, delta, lot, locationId: at }) => [type, delta, lot, at === to])).toEqual([
    ["transfer_out", "-2", "L1", false],
    ["transfer_in", "2", "L1", true],
    ["transfer_out", "-0.5", null, false],
    ["transfer_in", "0.5", null, true],
  ]);
  const expiring = await bodyOf<Page<{ lot: string; locationId: string }>>(
    await get(`/v1/stock/expiring?productId=${productId}`),
  );
  expect(expiring.items).toMatchObject([{ lot: "L1", locationId: to, daysLeft: expect.any(Number), onHand: "2" }]);

  const undone = await send(`/v1/stock/movements/${moved.movements[1]?.id}/undo`, { reason: "mistake" });
  expect(undone.status).toBe(201);
  const undoing = await bodyOf<Document>(undone);
  expect(undoing.movements.map(({ undoes }) => undoes).toSorted()).toEqual(
    moved.movements.map(({ id }) => id).toSorted(),
  );
  expect(await stock.level(productId, locationId)).toMatchObject({ on_hand: 3 });
  expect(await stock.level(productId, to)).toMatchObject({ on_hand: 0 });
  for (const id of [moved.id, undoing.id]) {
    const refused = await send(`/v1/stock/movements/${id}/undo`, {});
    expect([refused.status, await bodyOf(refused)]).toMatchObject([409, { code: "MOVEMENT_NOT_UNDOABLE" }]);
  }
  expect((await send(`/v1/stock/movements/${randomUUID()}/undo`, {})).status).toBe(404);
});

test("what was sold on cannot be taken back", async () => {
  const item = await stock.createStock(0);
  const entry = await stock.move("entry", [{ ...item, quantity: 2, lot: "A" }]);
  await stock.move("entry", [{ ...item, quantity: 2, lot: "B" }]);
  await stock.move("exit", [{ ...item, quantity: 1, lot: "A" }]);
  const refused = await send(`/v1/stock/movements/${entry}/undo`, {});
  expect([refused.status, await bodyOf(refused)]).toMatchObject([409, { code: "INSUFFICIENT_STOCK" }]);
});

test("a count sets what was counted, unless something moved since", async () => {
  const location = await stock.createLocation();
  const rice = await stock.createStock(10, { locationId: location });
  const oil = await stock.createStock(4, { locationId: location });
  const levels = await bodyOf<Page<StockRow>>(await get(`/v1/stock?locationId=${location}`));
  const lines = levels.items.map(({ productId, position }) => ({
    productId,
    counted: productId === rice.productId ? "8.5" : "4",
    countedFrom: position,
  }));
  await stock.move("exit", [{ ...oil, quantity: 1 }]);
  const refused = await send("/v1/stock/counts", { locationId: location, lines });
  expect([refused.status, await bodyOf(refused)]).toMatchObject([
    409,
    { code: "COUNT_OUTDATED", errors: [{ productId: oil.productId, countedFrom: 1, position: 2, onHand: "3" }] },
  ]);
  expect(await stock.level(rice.productId, location)).toMatchObject({ on_hand: 10 });

  const again = lines.map((line) =>
    line.productId === oil.productId ? { ...line, counted: "3", countedFrom: 2 } : line,
  );
  const counted = await send("/v1/stock/counts", { locationId: location, lines: again, note: "yearly" });
  expect(counted.status).toBe(201);
  const report = await bodyOf<CountRow & { lines: CountLineRow[] }>(counted);
  expect(report).toMatchObject({ linesCounted: 2, linesOff: 1, missing: "1.5", surplus: "0", worth: "-150.00" });
  expect(report.lines[0]).toMatchObject({
    productId: rice.productId,
    expected: "10",
    counted: "8.5",
    variance: "-1.5",
  });
  expect(await stock.level(rice.productId, location)).toMatchObject({ on_hand: 8.5 });
  expect(await bodyOf(await get(`/v1/stock/counts/${report.id}`))).toEqual(report);

  await stock.reserve([{ ...rice, quantity: 8 }]);
  const below = [{ productId: rice.productId, counted: 7, countedFrom: 2 }];
  const reserved = await send("/v1/stock/counts", { locationId: location, lines: below });
  expect([reserved.status, await bodyOf(reserved)]).toMatchObject([409, { code: "INSUFFICIENT_STOCK" }]);
});

test("levels tell what is low, out, incoming and next to expire", async () => {
  const item = await stock.createStock(3);
  const put = async (body: object) => application.request(warehouse, "PUT", "/v1/stock/limits", { ...item, ...body });
  expect((await put({ reorderPoint: 5, maximum: 4 })).status).toBe(400);
  const level = await bodyOf<StockRow>(await put({ reorderPoint: 5, maximum: 20 }));
  expect(level).toMatchObject({ state: "low", available: "3", incoming: "0", reorderPoint: "5" });
  const low = async () => (await bodyOf<Page<StockRow>>(await get(`/v1/stock/low?productId=${item.productId}`))).items;
  expect(await low()).toHaveLength(1);
  const suggestion = await get(`/v1/stock/suggestions?locationId=${item.locationId}`);
  expect(await bodyOf(suggestion)).toMatchObject({ items: [{ ...item, suggested: "17", supplierId: null }] });
  await stock.move("entry", [{ ...item, quantity: 5 }]);
  expect(await low()).toEqual([]);
});

test("hourly, what is out, low or expiring becomes a task and an incident, and stops being one", async () => {
  const item = await stock.createStock(1);
  await stock.move("entry", [{ ...item, quantity: 1, lot: "X", expiresOn: day(3) }]);
  await stock.rows("select inventory.set_stock_limits($1, $2, 5, 10)", [item.productId, item.locationId]);
  const alerts = async () => stock.value<object>("select inventory.raise_stock_alerts(30) as value");
  expect(await alerts()).toMatchObject({ low: expect.any(Number) });
  const tasks = async () =>
    (
      await stock.rows<{ kind: string; state: string }>(
        "select kind, state from inventory.tasks where product_id = $1 order by kind, state",
        [item.productId],
      )
    ).map(({ kind, state }) => `${kind} ${state}`);
  expect(await tasks()).toEqual(["expiring open", "low open"]);
  const incidents = async () =>
    stock.value<number>(
      "select count(*)::integer as value from platform.incidents where key like 'stock:%' and state = 'open'",
    );
  expect(await incidents()).toBeGreaterThanOrEqual(2);
  expect(await alerts()).toMatchObject({ tasksOpened: 0 });
  await stock.move("exit", [{ ...item, quantity: 2 }]);
  await alerts();
  expect(await tasks()).toEqual(["expiring done", "out open"]);
  await stock.move("entry", [{ ...item, quantity: 9 }]);
  await alerts();
  expect(await tasks()).toEqual(["expiring done", "out done"]);
});

test.each([
  ["sales", "POST", "/v1/stock/movements", 403],
  ["sales", "POST", "/v1/stock/transfers", 403],
  ["sales", "POST", "/v1/stock/counts", 403],
  ["sales", "GET", "/v1/stock/counts", 403],
  ["sales", "POST", "/v1/locations", 403],
  ["sales", "GET", "/v1/stock", 200],
  ["supplier", "POST", "/v1/stock/movements", 403],
  ["supplier", "GET", "/v1/stock", 200],
  ["supplier", "GET", "/v1/stock/movements", 200],
  ["supplier", "GET", "/v1/stock/counts", 403],
] as const)("%s %s %s: %i", async (role, method, path, status) => {
  const answer = await application.request({ role }, method, path, method === "POST" ? {} : undefined);
  expect(answer.status).toBe(status);
});

test("a key is needed wherever stock moves", async () => {
  for (const path of ["/v1/stock/movements", "/v1/stock/transfers", "/v1/stock/counts", "/v1/purchase-orders"]) {
    const answer = await application.request(warehouse, "POST", path, {});
    expect([answer.status, await bodyOf(answer)], path).toMatchObject([400, { code: "IDEMPOTENCY_KEY_REQUIRED" }]);
  }
});

test("a seller sees the stock of their own products, and nobody else's", async () => {
  const supplierId = randomUUID();
  const own = await stock.createStock(2, { supplierId });
  await stock.createStock(2);
  const seller = { role: "supplier", supplierId } as const;
  const seen = await bodyOf<Page<StockRow>>(await get("/v1/stock", seller));
  expect(seen.items.map(({ productId }) => productId)).toEqual([own.productId]);
  const ledger = await bodyOf<Page<MovementRow>>(await get("/v1/stock/movements", seller));
  expect(ledger.items.map(({ productId }) => productId)).toEqual([own.productId]);
});

test("locations have a code of their own, and stay while they hold stock", async () => {
  const create = async (code: string) => send("/v1/locations", { name: "Góndola", code });
  const code = randomUUID().slice(0, 8);
  const created = await create(code);
  expect(created.status).toBe(201);
  const { id } = await bodyOf<{ id: string }>(created);
  const taken = await create(code);
  expect([taken.status, await bodyOf(taken)]).toMatchObject([409, { code: "CONFLICT", errors: [{ path: "code" }] }]);
  const item = await stock.createStock(1, { locationId: id });
  const close = async () => application.request(warehouse, "PATCH", `/v1/locations/${id}`, { isActive: false });
  const inUse = await close();
  expect([inUse.status, await bodyOf(inUse)]).toMatchObject([409, { code: "LOCATION_IN_USE" }]);
  await stock.move("exit", [{ ...item, quantity: 1 }]);
  expect(await bodyOf(await close())).toMatchObject({ id, isActive: false });
});
