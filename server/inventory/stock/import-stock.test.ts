import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { Stock } from "../database/stock.testing.ts";
import { bodyOf } from "../http.testing.ts";

let application: TestApplication;
let stock: Stock;

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => application.close());

async function send(csv: string, query = "", key = randomUUID()) {
  const token = await application.tokenFor({ role: "warehouse" });
  return application.app.request(`/v1/stock/import${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/csv", "idempotency-key": key },
    body: csv,
  });
}

async function place() {
  const { productId, locationId } = await stock.createStock(0);
  const sku = await stock.value<string>("select sku as value from catalog.products where id = $1", [productId]);
  const code = await stock.value<string>("select code as value from inventory.locations where id = $1", [locationId]);
  return { productId, locationId, sku, code };
}

test("a file is previewed, then booked once, with its lots and limits", async () => {
  const { productId, locationId, sku, code } = await place();
  const csv = `\uFEFFsku;location;quantity;lot;expires_on;reorder_point;maximum\r\n${sku};${code};2,5;L1;2031-05-01;1;10\r\n${sku};${code};1;;;;\r\n`;
  const preview = await send(csv, "?dryRun=true");
  expect([preview.status, await bodyOf(preview)]).toMatchObject([200, { isApplied: false, accepted: 2, refused: 0 }]);
  expect(await stock.level(productId, locationId)).toMatchObject({ on_hand: 0 });
  const key = randomUUID();
  expect((await send(csv, "", key)).status).toBe(201);
  expect((await send(csv, "", key)).status).toBe(200);
  expect(await stock.level(productId, locationId)).toMatchObject({ on_hand: 3.5 });
  expect(
    await stock.one("select reorder_point, maximum from inventory.stock_levels where product_id = $1", [productId]),
  ).toEqual({ reorder_point: "1.000", maximum: "10.000" });
});

test("a dry run that is misspelt books nothing", async () => {
  const { productId, locationId, sku, code } = await place();
  const answer = await send(`sku,location,quantity\n${sku},${code},5\n`, "?dryRun=yes");
  expect([answer.status, await bodyOf(answer)]).toMatchObject([400, { code: "VALIDATION_FAILED" }]);
  expect(await stock.level(productId, locationId)).toMatchObject({ on_hand: 0 });
});

test("when a row is wrong all that is wrong is named, and nothing is booked", async () => {
  const { productId, locationId, sku, code } = await place();
  const csv = `sku,location,quantity,expires_on\n${sku},${code},5,\nnobody,${code},x,2031-13-01\n${sku},nowhere,1,\n`;
  const refused = await send(csv);
  expect([refused.status, await bodyOf(refused)]).toMatchObject([
    422,
    {
      isApplied: false,
      accepted: 1,
      refused: 2,
      rows: [
        { line: 2, errors: [] },
        { line: 3, errors: [{ column: "sku" }, { column: "quantity" }, { column: "expires_on" }] },
        { line: 4, errors: [{ column: "location" }] },
      ],
    },
  ]);
  expect(await stock.level(productId, locationId)).toMatchObject({ on_hand: 0 });
  expect((await send("a,b\n1,2\n")).status).toBe(400);
});
