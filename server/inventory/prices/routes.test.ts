import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "../../foundation/http/pagination.ts";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";
import type { PriceChangeRow } from "./queries.ts";

let application: TestApplication;
let stock: Stock;
const admin = { role: "admin" } as const;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterAll(async () => application.close());

const price = async (productId: string, body: object) =>
  application.request(admin, "POST", `/v1/products/${productId}/price`, body);
const setMargin = async (category: string, minimumPercent: number, suggestedPercent: number) =>
  application.request(admin, "PUT", "/v1/prices/rules/margin", { category, minimumPercent, suggestedPercent });
const setRounding = async (currency: string, step: string, mode: string) =>
  application.request(admin, "PUT", "/v1/prices/rules/rounding", { currency, step, mode });

test("cost and margin make the price, and what it was is kept", async () => {
  const productId = await stock.createProduct();
  const set = await price(productId, { cost: "200", marginPercent: 35 });
  expect([set.status, await bodyOf(set)]).toMatchObject([
    200,
    { costBefore: "100.00", cost: "200.00", priceBefore: "130.00", price: "270.00", marginPercent: "35" },
  ]);
  await price(productId, { cost: "200", marginPercent: "40" });
  const changes = await bodyOf<Page<PriceChangeRow>>(
    await application.request(admin, "GET", `/v1/prices/changes?productId=${productId}`),
  );
  expect(changes.items.map((change) => change.price)).toEqual(["280.00", "270.00"]);
  const product = await application.request(admin, "GET", `/v1/products/${productId}`);
  expect(await bodyOf(product)).toMatchObject({ price: "280.00", cost: "200.00" });
});

test("no margin below the category's minimum, also not by rounding", async () => {
  const category = `c-${randomUUID()}`;
  expect((await setMargin(category, 20, 30)).status).toBe(200);
  expect((await setMargin(category, 20, 10)).status).toBe(400);
  const productId = await stock.createProduct({ category });
  const refused = await price(productId, { cost: "100", marginPercent: 19.999 });
  expect([refused.status, await bodyOf(refused)]).toMatchObject([
    409,
    { code: "MARGIN_BELOW_MINIMUM", errors: [{ minimumPercent: "20", minimumPrice: "120.00" }] },
  ]);
  await setRounding("ARS", "50", "nearest");
  expect(await bodyOf(await price(productId, { cost: "100", marginPercent: 22 }))).toMatchObject({ price: "150.00" });
  expect(await bodyOf(await price(productId, { cost: "100", marginPercent: 60 }))).toMatchObject({ price: "150.00" });
  const suggestion = await application.request(admin, "GET", `/v1/products/${productId}/price-suggestion?cost=1000`);
  expect(await bodyOf(suggestion)).toMatchObject({
    suggestedPercent: "30",
    suggestedPrice: "1300.00",
    minimumPrice: "1200.00",
  });
  await setRounding("ARS", "0.01", "nearest");
});

test("prices set at once come one after the other, each from what the one before left", async () => {
  const productId = await stock.createProduct();
  await Promise.all([10, 20, 30, 40].map(async (marginPercent) => price(productId, { cost: "100", marginPercent })));
  const { items } = await bodyOf<Page<PriceChangeRow>>(
    await application.request(admin, "GET", `/v1/prices/changes?productId=${productId}`),
  );
  const inOrder = items.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  expect(inOrder.slice(1).map(({ priceBefore }) => priceBefore)).toEqual(
    inOrder.slice(0, -1).map((change) => change.price),
  );
});

test("only administrators set prices", async () => {
  const productId = await stock.createProduct();
  for (const role of ["warehouse", "sales", "supplier"] as const) {
    const path = `/v1/products/${productId}/price`;
    const answer = await application.request({ role }, "POST", path, { cost: "1", marginPercent: 30 });
    expect(answer.status).toBe(403);
  }
  expect((await price(randomUUID(), { cost: "1", marginPercent: 30 })).status).toBe(404);
  expect((await price(productId, { cost: "0", marginPercent: 30 })).status).toBe(400);
});

test("shortages and tasks are noted, moved on and closed by the shop's people", async () => {
  const sales = { role: "sales" } as const;
  const empty = await application.request(sales, "POST", "/v1/shortages", { note: "?" });
  expect(empty.status).toBe(400);
  const noted = await application.request(sales, "POST", "/v1/shortages", { description: "Té rojo", quantity: 2 });
  const shortage = await bodyOf<{ id: string }>(noted);
  expect(shortage).toMatchObject({ name: "Té rojo", state: "open", quantity: "2" });
  const ordered = await application.request(sales, "PATCH", `/v1/shortages/${shortage.id}`, { state: "ordered" });
  expect(await bodyOf(ordered)).toMatchObject({ state: "ordered" });

  const created = await application.request(sales, "POST", "/v1/tasks", {
    title: "Count the fridge",
    owner: "user-1",
    dueAt: "2030-01-01T12:00:00Z",
  });
  const task = await bodyOf<{ id: string }>(created);
  expect(task).toMatchObject({ kind: "manual", owner: "user-1", dueAt: "2030-01-01T12:00:00.000Z", state: "open" });
  const change = async (body: object) =>
    bodyOf(await application.request(sales, "PATCH", `/v1/tasks/${task.id}`, body));
  expect(await change({ owner: null })).toMatchObject({ owner: null, state: "open" });
  expect(await change({ state: "done" })).toMatchObject({ state: "done", closedAt: expect.any(String) });
  expect(await change({ state: "open" })).toMatchObject({ state: "open", closedAt: null });
  const mine = await application.request(sales, "GET", "/v1/tasks?owner=none&state=open&kind=manual");
  expect(await bodyOf(mine)).toMatchObject({ items: [{ id: task.id }] });
  for (const path of ["/v1/shortages", "/v1/tasks"]) {
    expect((await application.request({ role: "supplier" }, "GET", path)).status).toBe(403);
    const csv = await application.request(sales, "GET", `${path}/export.csv?delimiter=comma`);
    expect(csv.headers.get("content-type")).toContain("text/csv");
    await csv.arrayBuffer();
  }
});
