import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Page } from "../../foundation/http/pagination.ts";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";
import type { StockRow } from "../stock/level-queries.ts";
import type { OrderRow } from "./queries.ts";

let application: TestApplication;
let stock: Stock;
const warehouse = { role: "warehouse" } as const;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => application.close());

const send = async (path: string, body: unknown = {}, key = randomUUID()) =>
  application.request(warehouse, "POST", path, body, { "idempotency-key": key });

async function draft() {
  const locationId = await stock.createLocation();
  const products = [await stock.createProduct(), await stock.createProduct()];
  const lines = products.map((productId) => ({ productId, quantity: 10, unitCost: "12.5" }));
  const order = await bodyOf<OrderRow>(await send("/v1/purchase-orders", { locationId, lines }));
  const [first = "", second = ""] = products;
  return { order, locationId, first, second, path: `/v1/purchase-orders/${order.id}` };
}

test("an order goes from draft to received, lot by lot, and its goods are incoming until they come", async () => {
  const { order, locationId, first, second, path } = await draft();
  expect(order).toMatchObject({ status: "draft", lines: [{ unitCost: "12.50" }, {}] });
  const early = await send(`${path}/receipts`, { lines: [{ productId: first, quantity: 1 }] });
  expect([early.status, await bodyOf(early)]).toMatchObject([409, { code: "PURCHASE_ORDER_NOT_OPEN" }]);
  expect(await bodyOf(await send(`${path}/send`))).toMatchObject({ status: "sent" });

  const lines = [
    { productId: first, quantity: 4, lot: "A", expiresOn: "2031-01-01" },
    { productId: first, quantity: 3, lot: "B", expiresOn: "2030-01-01" },
    { productId: second, quantity: "10" },
  ];
  const key = randomUUID();
  const came = await send(`${path}/receipts`, { lines, reference: "Remito 1" }, key);
  expect(came.status).toBe(201);
  const receipt = await bodyOf<{ id: string; order: OrderRow }>(came);
  expect(receipt.order).toMatchObject({ status: "partly_received", receipts: [{ reference: "Remito 1" }] });
  expect((await send(`${path}/receipts`, { lines, reference: "Remito 1" }, key)).status).toBe(200);
  expect(await stock.level(first, locationId)).toMatchObject({ on_hand: 7 });
  const levels = await application.request(warehouse, "GET", `/v1/stock?productId=${first}`);
  expect((await bodyOf<Page<StockRow>>(levels)).items).toMatchObject([{ incoming: "3", nextExpiry: "2030-01-01" }]);

  const over = await send(`${path}/receipts`, {
    lines: [
      { productId: first, quantity: 2 },
      { productId: first, quantity: 2 },
    ],
  });
  expect([over.status, await bodyOf(over)]).toMatchObject([
    409,
    { code: "OVER_RECEIPT", errors: [{ productId: first, requested: "4", missing: "3" }] },
  ]);
  const foreign = await send(`${path}/receipts`, { lines: [{ productId: await stock.createProduct(), quantity: 1 }] });
  expect(foreign.status).toBe(409);
  const rest = await send(`${path}/receipts`, { lines: [{ productId: first, quantity: 3 }] });
  expect((await bodyOf<{ order: OrderRow }>(rest)).order.status).toBe("received");

  expect((await send(`/v1/stock/movements/${receipt.id}/undo`)).status).toBe(201);
  const reopened = await bodyOf<OrderRow>(await application.request(warehouse, "GET", path));
  expect(reopened).toMatchObject({ status: "partly_received" });
  expect(reopened.lines.map(({ received }) => received).toSorted()).toEqual(["0", "3"]);
  expect(reopened.receipts[0]?.undoneAt).not.toBeNull();
});

test("two receipts at once cannot both book what is missing once", async () => {
  const { first, locationId, path } = await draft();
  await send(`${path}/send`);
  const lines = [{ productId: first, quantity: 6 }];
  const answers = await Promise.all([send(`${path}/receipts`, { lines }), send(`${path}/receipts`, { lines })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect(await stock.level(first, locationId)).toMatchObject({ on_hand: 6 });
});

test("a draft can be changed, a sent order not; a cancelled one expects nothing", async () => {
  const { first, locationId, path } = await draft();
  const change = { locationId, lines: [{ productId: first, quantity: 2 }], note: "less" };
  const put = async () => application.request(warehouse, "PUT", path, change);
  expect(await bodyOf(await put())).toMatchObject({ note: "less", lines: [{ quantity: "2" }] });
  await send(`${path}/send`);
  expect((await put()).status).toBe(409);
  expect(await bodyOf(await send(`${path}/cancel`))).toMatchObject({ status: "cancelled" });
  expect((await send(`${path}/receipts`, { lines: change.lines })).status).toBe(409);
  expect((await send(`/v1/purchase-orders/${randomUUID()}/send`)).status).toBe(404);
});

test("sales and sellers order nothing", async () => {
  for (const role of ["sales", "supplier"] as const) {
    expect((await application.request({ role }, "GET", "/v1/purchase-orders")).status).toBe(403);
    expect((await application.request({ role }, "POST", "/v1/purchase-orders", {})).status).toBe(403);
  }
});
