import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "../../foundation/http/pagination.ts";
import { type TestApplication, type TestCaller, testApplication } from "../../testing/test-application.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";
import type { Reservation } from "../schemas.ts";

let application: TestApplication;
let stock: Stock;
const sales = { role: "sales" } as const;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => application.close());

const reserve = async (body: unknown, key: string | null = randomUUID(), caller: TestCaller | null = sales) =>
  application.request(caller, "POST", "/v1/reservations", body, key === null ? {} : { "idempotency-key": key });
const post = async (path: string, body?: unknown, headers = {}) =>
  application.request(sales, "POST", path, body, headers);

test("reserving answers 201 with what was reserved; the same key answers the same with 200, for ever", async () => {
  const item = await stock.createStock(2);
  const body = { lines: [{ ...item, quantity: "1.50" }], reference: "cart", expiresInSeconds: 60 };
  const key = randomUUID();
  const first = await reserve(body, key);
  expect(first.status).toBe(201);
  const answer = await bodyOf<Reservation>(first);
  expect(answer).toMatchObject({ state: "active", reference: "cart", lines: [{ ...item, quantity: "1.5" }] });
  const { id } = answer;
  expect((await post(`/v1/reservations/${id}/confirm`)).status).toBe(200);
  expect((await reserve({ lines: [{ ...item, quantity: "0.5" }] })).status).toBe(201);

  const again = await reserve(
    {
      ...body,
      lines: [
        { ...item, quantity: 1 },
        { ...item, quantity: 0.5 },
      ],
    },
    `"${key}"`,
  );
  expect(again.status).toBe(200);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await again.json()).toEqual(answer);
  const other = await reserve({ ...body, reference: "another" }, key);
  expect([other.status, await other.json()]).toMatchObject([422, { code: "IDEMPOTENCY_KEY_REUSED" }]);
});

test("what is short is named, and nothing is taken", async () => {
  const item = await stock.createStock(2);
  const other = await stock.createStock(9);
  const refused = await reserve({
    lines: [
      { ...item, quantity: 3 },
      { ...other, quantity: 1 },
    ],
  });
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { code: "INSUFFICIENT_STOCK", errors: [{ ...item, requested: "3", available: "2" }] },
  ]);
  expect(await stock.level(other.productId, other.locationId)).toMatchObject({ reserved: 0 });
});

test("a key is needed, and a good body", async () => {
  const item = await stock.createStock(2);
  const lines = [{ ...item, quantity: 1 }];
  const without = await reserve({ lines }, null);
  expect([without.status, await without.json()]).toMatchObject([400, { code: "IDEMPOTENCY_KEY_REQUIRED" }]);
  for (const body of [
    {},
    { lines: [] },
    { lines: [{ ...item, quantity: 0 }] },
    { lines: [{ ...item, quantity: -1 }] },
    { lines: [{ ...item, quantity: "1.0001" }] },
    { lines: [{ ...item, quantity: "1e3" }] },
    { lines: [{ productId: "x", locationId: item.locationId, quantity: 1 }] },
    { lines, expiresInSeconds: 0 },
    { lines, surprise: true },
    { lines, reference: "a\u0000b" },
  ]) {
    const answer = await reserve(body);
    expect([answer.status, await answer.json()], JSON.stringify(body)).toMatchObject([
      400,
      { code: "VALIDATION_FAILED" },
    ]);
  }
});

test("confirming, cancelling and extending what is not there or not active any more is said so", async () => {
  for (const act of ["confirm", "cancel"]) {
    const missing = await post(`/v1/reservations/${randomUUID()}/${act}`);
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: "RESERVATION_NOT_FOUND" }]);
    const item = await stock.createStock(3);
    const { id } = await bodyOf<Reservation>(await reserve({ lines: [{ ...item, quantity: 2 }] }));
    const extended = await post(`/v1/reservations/${id}/extend`, { expiresInSeconds: 7200 });
    expect(extended.status).toBe(200);
    const key = { "idempotency-key": randomUUID() };
    const done = await post(`/v1/reservations/${id}/${act}`, undefined, key);
    expect(done.status).toBe(200);
    const state = act === "confirm" ? "confirmed" : "cancelled";
    const body = await done.json();
    expect(body).toMatchObject({ id, state });
    const repeated = await post(`/v1/reservations/${id}/${act}`, undefined, key);
    expect([repeated.status, await repeated.json()]).toEqual([200, body]);
    for (const later of ["confirm", "cancel"]) {
      const refused = await post(`/v1/reservations/${id}/${later}`);
      expect([refused.status, await refused.json()]).toMatchObject([
        409,
        { code: "RESERVATION_NOT_ACTIVE", errors: [{ state }] },
      ]);
    }
    const read = await application.request(sales, "GET", `/v1/reservations/${id}`);
    expect(await read.json()).toMatchObject({ state, lines: [{ ...item, quantity: "2" }] });
  }
});

test("active reservations of a product tell by whom it is reserved, page by page and as CSV", async () => {
  const item = await stock.createStock(5);
  for (const reference of ["a", "b", "c"]) await reserve({ lines: [{ ...item, quantity: 1 }], reference });
  const path = `/v1/reservations?productId=${item.productId}&state=active&limit=2`;
  const first = await bodyOf<Page<Reservation>>(await application.request(sales, "GET", path));
  expect(first.items.map(({ reference }) => reference)).toEqual(["c", "b"]);
  const second = await (await application.request(sales, "GET", `${path}&cursor=${first.nextCursor}`)).json();
  expect(second).toMatchObject({ items: [{ reference: "a" }], nextCursor: null });
  const csv = await application.request(sales, "GET", `/v1/reservations/export.csv?productId=${item.productId}`);
  const lines = Buffer.from(await csv.arrayBuffer()).toString("utf8");
  expect(lines.startsWith("\uFEFFid;state;reference;")).toBe(true);
  expect(lines.trimEnd().split("\r\n")).toHaveLength(4);
});

describe("who may", () => {
  test.each([
    ["admin", 201],
    ["warehouse", 201],
    ["sales", 201],
    ["supplier", 403],
  ] as const)("reserve: %s %i", async (role, status) => {
    const item = await stock.createStock(1);
    expect((await reserve({ lines: [{ ...item, quantity: 1 }] }, randomUUID(), { role })).status).toBe(status);
  });

  test("nobody without a token", async () => {
    expect((await reserve({ lines: [] }, randomUUID(), null)).status).toBe(401);
    expect((await application.request(null, "GET", "/v1/reservations")).status).toBe(401);
    expect((await application.request({ role: "supplier" }, "GET", "/v1/reservations")).status).toBe(403);
  });
});

describe("many at once", () => {
  test("60 buyers of 20 units get exactly 20, and the others are told what is left", async () => {
    const item = await stock.createStock(20);
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => reserve({ lines: [{ ...item, quantity: 1 }] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect([answer.status, await answer.json()]).toMatchObject([
        409,
        { errors: [{ requested: "1", available: "0" }] },
      ]);
    }
    expect(await stock.level(item.productId, item.locationId)).toMatchObject({ on_hand: 20, reserved: 20 });
  });

  test("one key 100 times at once: one effect, one answer", async () => {
    const item = await stock.createStock(1);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => reserve({ lines: [{ ...item, quantity: 1 }] }, key)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
    const bodies = await Promise.all(answers.map(async (answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 1 });
  });
});
