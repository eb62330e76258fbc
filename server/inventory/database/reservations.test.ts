import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { code, Stock, shortLines } from "./stock.testing.ts";

let testing: TestDatabase;
let stock: Stock;

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => testing.drop());

test("a reservation takes what is free, and is refused whole when a line is short", async () => {
  const rice = await stock.createStock(5);
  const oil = await stock.createStock(2);
  const held = await stock.reserve([{ ...rice, quantity: 3 }]);
  expect(held.outcome).toBe("created");
  expect(await stock.level(rice.productId, rice.locationId)).toMatchObject({ on_hand: 5, reserved: 3 });

  const refused = stock.reserve([
    { ...rice, quantity: 2 },
    { ...oil, quantity: "2.5" },
  ]);
  const error = await refused.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(code(error)).toBe("IV001");
  expect(shortLines(error)).toEqual([{ ...oil, requested: "2.5", available: "2" }]);
  expect(await stock.level(rice.productId, rice.locationId)).toMatchObject({ reserved: 3 });
});

test("duplicate lines count as their sum", async () => {
  const item = await stock.createStock(5);
  const twice = [
    { ...item, quantity: 3 },
    { ...item, quantity: 3 },
  ];
  const error = await stock.reserve(twice).catch((thrown: unknown) => thrown);
  expect(shortLines(error)).toEqual([{ ...item, requested: "6", available: "5" }]);
  const key = randomUUID();
  const held = await stock.reserve(
    [
      { ...item, quantity: 1 },
      { ...item, quantity: "1.5" },
    ],
    { key },
  );
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 2.5 });
  expect(await stock.reserve([{ ...item, quantity: "2.500" }], { key })).toMatchObject({
    outcome: "replayed",
    id: held.id,
  });
});

test("the same key gets the first answer, whatever has become of stock and reservation", async () => {
  const item = await stock.createStock(2);
  const key = randomUUID();
  const lines = [{ ...item, quantity: 2 }];
  const first = await stock.reserve(lines, { key });
  await stock.rows("select inventory.extend_reservation($1, 3000)", [first.id]);
  await stock.confirm(first.id);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ on_hand: 0, reserved: 0 });
  const again = await stock.reserve(lines, { key });
  expect(again).toEqual({ ...first, outcome: "replayed" });
  expect(code(await stock.reserve([{ ...item, quantity: 1 }], { key }).catch((e: unknown) => e))).toBe("IV003");
  expect(code(await stock.reserve(lines, { key, seconds: 60 }).catch((e: unknown) => e))).toBe("IV003");
});

test("a refusal is not kept: the same key may try again when there is stock", async () => {
  const item = await stock.createStock(0);
  const key = randomUUID();
  const lines = [{ ...item, quantity: 1 }];
  expect(code(await stock.reserve(lines, { key }).catch((e: unknown) => e))).toBe("IV001");
  await stock.move("entry", lines);
  expect(await stock.reserve(lines, { key })).toMatchObject({ outcome: "created" });
});

test("overdue holds give way at once, without waiting for the schedule", async () => {
  const item = await stock.createStock(4);
  const other = await stock.createStock(1);
  const overdue = await stock.reserve([
    { ...item, quantity: 3 },
    { ...other, quantity: 1 },
  ]);
  const inTime = await stock.reserve([{ ...item, quantity: 1 }]);
  await stock.makeOverdue(overdue.id);
  const held = await stock.reserve([{ ...item, quantity: 3 }]);
  expect(held).toMatchObject({ outcome: "created", supersedes: null });
  expect(await stock.state(overdue.id)).toBe("expired");
  expect(await stock.state(inTime.id)).toBe("active");
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 4 });
  expect(await stock.level(other.productId, other.locationId)).toMatchObject({ reserved: 0 });
});

test("however many holds are overdue, all give way to one who needs their stock", async () => {
  const item = await stock.createStock(2500);
  await stock.rows(
    `select inventory.reserve_stock(gen_random_uuid()::text, $1, 'cart-' || n) from generate_series(1, 2500) as n`,
    [JSON.stringify([{ ...item, quantity: 1 }])],
  );
  await stock.rows(
    `update inventory.reservations set expires_at = now() - interval '1 second'
     where id in (select reservation_id from inventory.reservation_lines where product_id = $1)`,
    [item.productId],
  );
  const held = await stock.reserve([{ ...item, quantity: 2500 }], { reference: "cart-1" });
  expect(held).toMatchObject({ outcome: "created", supersedes: null });
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 2500 });
});

test("a shopper is not blocked by their own hold under the same reference, and gives it up only when it must be", async () => {
  const item = await stock.createStock(4);
  const first = await stock.reserve([{ ...item, quantity: 3 }], { reference: "cart-1" });
  const small = await stock.reserve([{ ...item, quantity: 1 }], { reference: "cart-1" });
  expect(small.supersedes).toBeNull();
  expect(await stock.state(first.id)).toBe("active");

  const key = randomUUID();
  const again = await stock.reserve([{ ...item, quantity: 4 }], { key, reference: "cart-1" });
  expect(again.supersedes?.toSorted()).toEqual([first.id, small.id].toSorted());
  expect(await stock.state(first.id)).toBe("cancelled");
  expect(await stock.reserve([{ ...item, quantity: 4 }], { key, reference: "cart-1" })).toEqual({
    ...again,
    outcome: "replayed",
  });

  const others = await stock.reserve([{ ...item, quantity: 1 }], { reference: "cart-2" }).catch((e: unknown) => e);
  expect(code(others)).toBe("IV001");
  const tooMuch = await stock.reserve([{ ...item, quantity: 5 }], { reference: "cart-1" }).catch((e: unknown) => e);
  expect(code(tooMuch)).toBe("IV001");
  expect(await stock.state(again.id)).toBe("active");
});

test("confirming sells what expires first, expired lots last of all", async () => {
  const item = await stock.createStock(1);
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  await stock.move("entry", [
    { ...item, quantity: 2, lot: "late", expiresOn: day(40) },
    { ...item, quantity: 2, lot: "soon", expiresOn: day(10) },
    { ...item, quantity: 2, lot: "gone", expiresOn: day(-10) },
  ]);
  const held = await stock.reserve([{ ...item, quantity: 3 }]);
  await stock.confirm(held.id);
  const sold = await stock.movements(held.id);
  expect(sold.map(({ type, delta, lot }) => [type, delta, lot])).toEqual([
    ["sale", "-2", "soon"],
    ["sale", "-1", "late"],
  ]);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ on_hand: 4, reserved: 0 });
  const rest = await stock.reserve([{ ...item, quantity: 4 }]);
  await stock.confirm(rest.id);
  expect((await stock.movements(rest.id)).map(({ delta, lot }) => [delta, lot])).toEqual([
    ["-1", "late"],
    ["-1", null],
    ["-2", "gone"],
  ]);
});

test("what is closed stays closed, and what is overdue cannot be confirmed", async () => {
  const item = await stock.createStock(3);
  const held = await stock.reserve([{ ...item, quantity: 1 }]);
  await stock.confirm(held.id);
  expect(code(await stock.confirm(held.id).catch((e: unknown) => e))).toBe("IV002");
  expect(code(await stock.cancel(held.id).catch((e: unknown) => e))).toBe("IV002");
  const overdue = await stock.reserve([{ ...item, quantity: 1 }]);
  await stock.makeOverdue(overdue.id);
  expect(code(await stock.confirm(overdue.id).catch((e: unknown) => e))).toBe("IV002");
  expect(await stock.expire()).toBe(1);
  expect(await stock.expire()).toBe(0);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ on_hand: 2, reserved: 0 });
  expect(code(await stock.confirm(randomUUID()).catch((e: unknown) => e))).toBe("P0002");
});

test("a batch answers each request by itself, first come first served", async () => {
  const item = await stock.createStock(5);
  const other = await stock.createStock(1);
  const kept = randomUUID();
  const key = randomUUID();
  const first = await stock.reserve([{ ...other, quantity: 1 }], { key: kept });
  const outcomes = await stock.reserveBatch([
    { key: randomUUID(), lines: [{ ...item, quantity: 3 }] },
    { key: randomUUID(), lines: [{ ...item, quantity: 3 }] },
    {
      key,
      lines: [
        { ...item, quantity: 1 },
        { ...item, quantity: 1 },
      ],
    },
    { key, lines: [{ ...item, quantity: 2 }] },
    { key, lines: [{ ...item, quantity: 1 }] },
    { key: randomUUID(), lines: [{ ...item, quantity: 1 }] },
    {
      key: kept,
      by: await stock.value<string>("select session_user::text as value"),
      lines: [{ ...other, quantity: 1 }],
    },
  ]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    "created",
    "refused",
    "created",
    "replayed",
    "key_reused",
    "refused",
    "replayed",
  ]);
  expect(outcomes[1]?.short).toEqual([{ ...item, requested: "3", available: "2" }]);
  expect(outcomes[3]).toEqual({ ...outcomes[2], outcome: "replayed" });
  expect(outcomes[6]).toEqual({ ...first, outcome: "replayed" });
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 5 });
});

test("a batch leaves alone, for one by one, what needs holds to be ended, and what comes after it", async () => {
  const item = await stock.createStock(2);
  const overdue = await stock.reserve([{ ...item, quantity: 2 }]);
  await stock.makeOverdue(overdue.id);
  const line = [{ ...item, quantity: 1 }];
  const before = await stock.createStock(1);
  const outcomes = await stock.reserveBatch([
    { key: randomUUID(), lines: [{ ...before, quantity: 1 }] },
    { key: randomUUID(), lines: line },
    { key: randomUUID(), lines: [{ ...before, quantity: 1 }] },
  ]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["created", "deferred", "deferred"]);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 2 });
});

test("the ledger and the levels cannot be written past the functions, not by their owner either", async () => {
  const item = await stock.createStock(1);
  for (const text of [
    "update inventory.movements set delta = delta + 1",
    "delete from inventory.movements",
    "truncate inventory.movements cascade",
  ]) {
    expect(code(await stock.rows(text).catch((e: unknown) => e)), text).toBe("42501");
  }
  await expect(
    stock.rows("update inventory.stock_levels set reserved = 2 where product_id = $1", [item.productId]),
  ).rejects.toThrow("stock_levels_reserved_is_on_hand");
});

test("a product that the ledger knows is archived, not purged", async () => {
  const item = await stock.createStock(1);
  await stock.rows("delete from catalog.products where id = $1", [item.productId]);
  expect(
    await stock.value("select deletion_status as value from catalog.products where id = $1", [item.productId]),
  ).toBe("archived");
});
