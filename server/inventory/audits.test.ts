import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApplication, testApplication } from "../testing/test-application.ts";
import { Stock } from "./database/stock.testing.ts";
import { inventorySchedules } from "./schedules.ts";

let application: TestApplication;
let stock: Stock;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterAll(async () => application.close());

const audit = async () => {
  const schedule = inventorySchedules.find(({ name }) => name === "stock_audit");
  const { foundation } = application;
  const signal = AbortSignal.timeout(30_000);
  return schedule?.run({ foundation, signal, scheduledAt: new Date(), log: foundation.log });
};
const incidents = async () =>
  (
    await stock.rows<{ state: string }>("select state from platform.incidents where key = 'stock:ledger' order by 1")
  ).map(({ state }) => state);

test("the daily audit tells people of a level that somebody wrote past the functions, until it is right again", async () => {
  const { productId } = await stock.createStock(3);
  expect(await audit()).toEqual({ checked: 1, found: 0 });
  expect(await incidents()).toEqual([]);
  const write = async (onHand: number) =>
    stock.rows("update inventory.stock_levels set on_hand = $2 where product_id = $1", [productId, onHand]);
  await write(4);
  expect(await audit()).toEqual({ checked: 1, found: 1 });
  expect(await incidents()).toEqual(["open"]);
  await write(3);
  expect(await audit()).toEqual({ checked: 1, found: 0 });
  expect(await incidents()).toEqual(["resolved"]);
});
