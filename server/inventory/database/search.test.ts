import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal, Role } from "../../foundation/auth/principal.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { listPrices } from "../prices/list-queries.ts";
import { listStock, type StockFilter, stockKey } from "../stock/level-queries.ts";
import { Stock } from "./stock.testing.ts";

let testing: TestDatabase;
let stock: Stock;
let locationId: string;
const seller = randomUUID();
/** More than an index is asked for: of these, each has "Taza" in its name, one in 100 "azul" too. */
const many = 2_400;

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
  locationId = await stock.createLocation();
  await stock.rows(
    `with product as (
       insert into catalog.products (sku, name, supplier_id, currency)
       select 'Search-' || n, 'Taza ' || case when n % 100 = 0 then 'azul' else 'roja' end || ' n' || n,
         case when n % 50 = 0 then $1::uuid end, 'ARS'
       from generate_series(1, $2::integer) as n returning id
     )
     insert into inventory.stock_levels (product_id, location_id) select id, $3::uuid from product`,
    [seller, many, locationId],
  );
  await stock.rows("analyze catalog.products");
});

afterAll(async () => testing.drop());

const principalOf = (role: Role): Principal => ({
  userId: `user-${role}`,
  role,
  supplierId: role === "supplier" ? seller : null,
  email: null,
});

async function few(role: Role, words: readonly string[]): Promise<number | null> {
  const { rows } = await testing.database.readAs(principalOf(role), async (tx) =>
    sql<{ ids: string[] | null }>`select inventory.find_few_products(${words}::text[]) as ids`.execute(tx),
  );
  return rows[0]?.ids?.length ?? null;
}

/** The SKUs of all pages, in their order. */
async function search(role: Role, filter: StockFilter): Promise<string[]> {
  const found: string[] = [];
  for (let after: readonly string[] | null = null, isLast = false; !isLast; ) {
    const page = await testing.database.readAs(principalOf(role), (tx) => listStock(tx, filter, after, 500));
    found.push(...page.map(({ sku }) => sku));
    const last = page.at(-1);
    after = last === undefined ? null : stockKey(last, filter);
    isLast = page.length < 500;
  }
  return found;
}

test("what few products have is looked up, what many have is not, and words together count", async () => {
  expect(await few("admin", ["taza"])).toBeNull();
  expect(await few("sales", ["TAZA", "azul"])).toBe(many / 100);
  expect(await few("warehouse", ["search-17", "n17"])).toBe(11 + 100);
  expect(await few("admin", ["nothing", "taza"])).toBe(0);
  expect(await few("admin", ["-"])).toBeNull();
});

test("a seller searches their own products alone, whether few or many are found", async () => {
  expect(await few("supplier", ["taza"])).toBe(many / 50);
  expect(await few("supplier", ["n17"])).toBe(2);
  const own = await stock.rows<{ sku: string }>("select sku from catalog.products where supplier_id = $1", [seller]);
  const skus = own.map(({ sku }) => sku).toSorted();
  expect((await search("supplier", { query: "taza" })).toSorted()).toEqual(skus);
  expect(await search("supplier", { query: "Search-1701" })).toEqual([]);
  expect(await search("admin", { query: "Search-1701" })).toEqual(["Search-1701"]);
});

test("a list has the same rows in the same order, whichever way its search goes", async () => {
  for (const query of ["taza", "azul taza", "search-17", "n1", "-", "nothing"]) {
    for (const sort of ["product", "name"] as const) {
      const words = query.split(" ");
      const expected = await stock.rows<{ sku: string }>(
        `select sku from catalog.products as product
         where supplier_id is distinct from $2
           and (select bool_and(search like catalog.search_pattern(word)) from unnest($1::text[]) as word)
         order by ${sort === "name" ? "left(name, 100)," : ""} id`,
        [words, randomUUID()],
      );
      expect(await search("admin", { query, sort }), `${query}, by ${sort}`).toEqual(expected.map(({ sku }) => sku));
    }
  }
  const priced = await testing.database.readAs(principalOf("admin"), async (tx) =>
    listPrices(tx, { query: "azul" }, null, 500),
  );
  expect(priced).toHaveLength(many / 100);
});

test("who has no claims, or is a seller of nobody, finds nothing", async () => {
  const claims = [null, { sub: "x", role: "nobody" }, { sub: "x", role: "supplier" }];
  for (const claim of claims) {
    const client = await testing.database.connectDirect("stranger");
    try {
      await client.query("begin");
      if (claim !== null)
        await client.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify(claim)]);
      await client.query("set local role bodega_user");
      const { rows } = await client.query(
        `select inventory.find_few_products('{azul}') as ids,
           (select count(*)::integer from inventory.find_products_by_sku('{search-100}')) as skus`,
      );
      expect(rows).toEqual([{ ids: [], skus: 0 }]);
    } finally {
      await client.end();
    }
  }
});
