import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal, Role } from "../../foundation/auth/principal.ts";
import { sqlState } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { Stock } from "./stock.testing.ts";

let testing: TestDatabase;
let stock: Stock;
const seller = randomUUID();
let own: { productId: string; locationId: string };
let foreign: { productId: string; locationId: string };

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
  own = await stock.createStock(0, { supplierId: seller });
  foreign = await stock.createStock(0);
  for (const item of [own, foreign]) {
    await stock.move("entry", [{ ...item, quantity: 9, lot: "L", expiresOn: "2031-01-01" }]);
    await stock.reserve([{ ...item, quantity: 1 }]);
    await stock.rows("select inventory.link_product_code($1, $2)", [item.productId, randomUUID()]);
  }
});

afterAll(async () => testing.drop());

const principalOf = (role: Role): Principal => ({
  userId: `user-${role}`,
  role,
  supplierId: role === "supplier" ? seller : null,
  email: null,
});

const as = async (role: Role, text: string) =>
  testing.database
    .actAs(principalOf(role), async (tx) => sql.raw<Record<string, unknown>>(text).execute(tx))
    .then(({ rows }) => rows);

/** As someone who reaches the database with the users' role but no claims, or with a role that is none of ours. */
async function asStranger(claims: string | null, text: string): Promise<unknown> {
  const client = await testing.database.connectDirect("stranger");
  try {
    await client.query("begin");
    if (claims !== null) await client.query("select set_config('request.jwt.claims', $1, true)", [claims]);
    await client.query("set local role bodega_user");
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const ofProducts = ["stock_levels", "lots", "movements", "product_codes"] as const;
const ofTheShop = [
  "reservations",
  "reservation_lines",
  "counts",
  "count_lines",
  "purchase_orders",
  "purchase_order_lines",
  "receipts",
  "receipt_lines",
  "price_changes",
  "margin_rules",
  "rounding_rules",
  "shortages",
  "tasks",
] as const;

describe("reading", () => {
  test.each(["admin", "warehouse", "sales"] as const)("%s sees all", async (role) => {
    for (const table of ofProducts) expect((await as(role, `select from inventory.${table}`)).length).toBe(2);
    for (const table of ofTheShop) await as(role, `select from inventory.${table}`);
    expect((await as(role, "select from inventory.reservations")).length).toBe(2);
    expect(await as(role, `select inventory.available_stock('${foreign.productId}') as free`)).toEqual([
      { free: "8.000" },
    ]);
  });

  test("a seller sees the stock of their own products and nothing of the shop's affairs", async () => {
    for (const table of ofProducts) {
      expect(await as("supplier", `select product_id from inventory.${table}`)).toEqual([
        { product_id: own.productId },
      ]);
    }
    for (const table of ofTheShop) expect(await as("supplier", `select from inventory.${table}`), table).toEqual([]);
    expect(await as("supplier", `select inventory.available_stock('${foreign.productId}') as free`)).toEqual([
      { free: "0" },
    ]);
  });

  test.each([
    ["without claims", null],
    ["with no role of ours", '{"sub":"x","role":"authenticated"}'],
    ["as a seller of nobody", '{"sub":"x","role":"supplier"}'],
  ])("nobody %s sees anything", async (_name, claims) => {
    for (const table of [...ofProducts, ...ofTheShop]) {
      expect(await asStranger(claims, `select * from inventory.${table}`), table).toEqual([]);
    }
  });

  test.each(["answers", "shop_clock"])("%s is the service's own", async (table) => {
    expect(await as("admin", `select * from inventory.${table}`).catch(sqlState)).toBe("42501");
  });
});

describe("writing", () => {
  test.each(["admin", "warehouse", "sales", "supplier"] as const)("%s writes by the functions alone", async (role) => {
    for (const table of [...ofProducts, ...ofTheShop, "locations"]) {
      expect(await as(role, `delete from inventory.${table}`).catch(sqlState), table).toBe("42501");
    }
    for (const text of [
      "update inventory.stock_levels set on_hand = 100",
      "update inventory.movements set delta = 1",
      "update inventory.reservations set state = 'active'",
      "truncate inventory.movements",
      `select inventory.hold_stock('x', 'k', '[]', null, null)`,
      `select inventory.reserve_stock_for('x', 'admin', 'k', '[]', null, null, null)`,
      `select inventory.reserve_stock_batch('{x}','{admin}','{k}','{null}','{1}','{}','{}','{}','{}')`,
      "select inventory.expire_reservations()",
      `select inventory.close_holds('{}', 'expired', 'x')`,
      `select inventory.announce('x', '{}', '{}')`,
      "select inventory.raise_stock_alerts(1)",
      "select inventory.set_shop_time_zone('UTC')",
      "select inventory.find_stock_discrepancies()",
      `select inventory.find_lot('${own.productId}', '${own.locationId}', 'x', null)`,
    ]) {
      expect(await as(role, text).catch(sqlState), text).toBe("42501");
    }
  });

  const line = () => JSON.stringify([{ ...foreign, quantity: 1 }]);
  const shop: readonly (readonly [string, readonly Role[], () => string])[] = [
    ["reserve", ["admin", "warehouse", "sales"], () => `inventory.reserve_stock('${randomUUID()}', '${line()}')`],
    ["move", ["admin", "warehouse"], () => `inventory.record_movement('entry', '${line()}')`],
    ["open a location", ["admin", "warehouse"], () => `inventory.create_location('${randomUUID()}', 'x')`],
    ["price", ["admin"], () => `inventory.apply_price('${foreign.productId}', 10, 30)`],
    ["set margins", ["admin"], () => "inventory.set_margin_rule('x', 1, 2)"],
    ["note a task", ["admin", "warehouse", "sales"], () => "inventory.create_task('x', null, null, null, null)"],
    [
      "order",
      ["admin", "warehouse"],
      () => `inventory.create_purchase_order(null, '${foreign.locationId}', '${line()}')`,
    ],
  ];

  test.each(shop)("%s: those who may, and nobody else", async (_name, allowed, call) => {
    for (const role of ["admin", "warehouse", "sales", "supplier"] as const) {
      const result = await as(role, `select ${call()}`).then(() => "done", sqlState);
      expect(result, role).toBe(allowed.includes(role) ? "done" : "42501");
    }
    expect(await asStranger(null, `select ${call()}`).catch(sqlState)).toBe("42501");
    expect(await asStranger('{"sub":"x","role":"authenticated"}', `select ${call()}`).catch(sqlState)).toBe("42501");
    expect(await asStranger('{"role":"admin"}', `select ${call()}`).catch(sqlState)).toBe("42501");
  });

  test("what is done is in the name of who did it", async () => {
    const [row] = await as("sales", `select (inventory.reserve_stock('${randomUUID()}', '${line()}')).id`);
    const by = await stock.value("select created_by as value from inventory.reservations where id = $1", [row?.id]);
    expect(by).toBe("user-sales");
  });

  test("a request to reserve that makes no sense is refused as such", async () => {
    for (const [key, lines, seconds] of [
      ["", line(), "null"],
      ["k", "[]", "null"],
      ["k", "{}", "null"],
      ["k", '[{"quantity":1}]', "null"],
      ["k", JSON.stringify([{ ...foreign, quantity: 0.0001 }]), "null"],
      ["k", JSON.stringify([{ ...foreign, quantity: -1 }]), "null"],
      ["k", line(), "0"],
    ]) {
      const call = `select inventory.reserve_stock('${key}', '${lines}', null, ${seconds})`;
      expect(await as("sales", call).catch(sqlState), call).toBe("22023");
    }
  });
});
