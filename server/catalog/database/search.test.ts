import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal, Role } from "../../foundation/auth/principal.ts";
import type { Executor } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { listProducts, type ProductCursor, type ProductFilter } from "../products/queries.ts";

let testing: TestDatabase;
const seller = randomUUID();
const otherSeller = randomUUID();
/** Enough that a search leaves the newest behind and looks the rest up in the index. */
const productCount = 3_000;

beforeAll(async () => {
  testing = await testDatabase();
  const client = await testing.database.connectDirect("shelves");
  // Past the triggers, which would have the photos drawn.
  await client.query("set session_replication_role = replica");
  await client.query(
    `insert into catalog.products (sku, name, category, supplier_id, deletion_status, deleted_at, created_at)
     select 'sku-' || n,
       (array['Té', 'Café', 'Ñandú', 'Öl', 'Zumo'])[n % 5 + 1] || ' ' || (array['100%', 'a_b', 'rojo', 'crème'])[n % 4 + 1]
         || case when n % 997 = 3 then ' Rarísimo' else '' end || case when n % 450 = 7 then ' – ¿?' else '' end,
       (array['a', 'b', null])[n % 3 + 1],
       case n % 50 when 0 then $1::uuid when 1 then $2::uuid end,
       case when n % 40 = 39 then 'pending_delete' else 'active' end,
       case when n % 40 = 39 then now() end,
       -- Three at each moment, so that pages end between products of the same age.
       timestamptz '2026-01-01' + (n / 3) * interval '1 second'
     from generate_series(1, $3::integer) as n`,
    [seller, otherSeller, productCount],
  );
  await client.query(
    `insert into catalog.product_images (
       product_id, position, sha256, mime_type, width, height, size_bytes, original_key, thumbnail_state
     )
     select id, 0, repeat('0', 64), 'image/jpeg', 1, 1, 1, 'x', case when substr(sku, 5)::integer % 300 = 2 then 'failed' else 'uploaded' end
     from catalog.products where substr(sku, 5)::integer % 600 <> 5`,
  );
  await client.query(
    "update catalog.products set has_photo = true where id in (select product_id from catalog.product_images)",
  );
  await client.query("vacuum analyze catalog.products, catalog.product_images");
  await client.end();
});

afterAll(async () => testing.drop());

const principalOf = (role: Role, supplierId: string | null = role === "supplier" ? seller : null): Principal => ({
  userId: `user-${role}`,
  role,
  supplierId,
  email: null,
});

/** All pages of a list, one after the other. */
async function pagesAs(principal: Principal | null, filter: ProductFilter, limit: number): Promise<readonly string[]> {
  const skus: string[] = [];
  let after: ProductCursor | null = null;
  const page = async (tx: Executor) => listProducts(tx, filter, after, limit);
  do {
    const rows: Awaited<ReturnType<typeof page>> =
      principal === null ? await page(testing.database.db) : await testing.database.readAs(principal, page);
    skus.push(...rows.map(({ sku }) => sku));
    after = rows.length === limit ? (rows.at(-1)?.cursor ?? null) : null;
  } while (after !== null);
  return skus;
}

/** The same by reading every product, as the definition of a search has it. */
async function readThrough(supplierId: string | null, filter: ProductFilter): Promise<readonly string[]> {
  const words = (filter.query ?? "").split(/\s+/).filter((word) => word !== "");
  const { rows } = await sql<{ readonly sku: string }>`
    select product.sku from catalog.products as product
    left join catalog.product_images as main on main.product_id = product.id and main.position = 0
    where product.deletion_status = 'active'
      and (${supplierId}::uuid is null or product.supplier_id = ${supplierId}::uuid)
      and not exists (
        select from unnest(${words}::text[]) as word where product.search not like catalog.search_pattern(word)
      )
      and (${filter.category ?? null}::text is null or product.category = ${filter.category ?? null})
      and (${filter.supplierId ?? null}::uuid is null or product.supplier_id = ${filter.supplierId ?? null}::uuid)
      and (${filter.imageState ?? null}::text is null or coalesce(main.thumbnail_state, 'missing') = ${filter.imageState ?? null})
    order by product.created_at desc, product.id desc
  `.execute(testing.database.db);
  return rows.map(({ sku }) => sku);
}

const words = ["té", "TE", "cafe", "ñandu", "andú", "100%", "%", "_", "a_b", "axb", "ö", "z", "rojo", "creme", "rari"];
const filters = fc.record({
  query: fc.option(
    fc
      .array(fc.constantFrom(...words, "raris", "sku-29", "SKU-2999", "¿?", "\\", "–", "nothing"), { maxLength: 3 })
      .map((some) => some.join("  ")),
    { nil: undefined },
  ),
  category: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined, freq: 3 }),
  supplierId: fc.option(fc.constantFrom(seller, otherSeller), { nil: undefined, freq: 3 }),
  imageState: fc.option(fc.constantFrom("failed", "uploaded", "missing", "ready"), { nil: undefined, freq: 3 }),
});

describe("a search", () => {
  test.each(["admin", "warehouse", "sales", "supplier"] as const)(
    "answers in pages what reading every product would, in the same order: %s",
    async (role) => {
      const isSame = fc.asyncProperty(filters, fc.constantFrom(7, 51, 1_000), async (filter, limit) => {
        const found = await pagesAs(principalOf(role), filter as ProductFilter, limit);
        expect(found).toEqual(await readThrough(role === "supplier" ? seller : null, filter as ProductFilter));
      });
      await fc.assert(isSame, { numRuns: 60 });
    },
  );

  test("finds what is rare and old, what is frequent, what is two letters long, and what has no letter", async () => {
    const count = async (query: string) => (await pagesAs(principalOf("admin"), { query }, 51)).length;
    expect(await count("rarisimo")).toBe(4);
    expect(await count("rarísimo te")).toBe(1);
    expect(await count("TE")).toBe(600);
    expect(await count("%")).toBe(0);
    expect(await count("00%")).toBe(750);
    expect(await count("¿?")).toBe(7);
    expect(await count("a_b")).toBe(750);
    expect(await count("axb")).toBe(0);
  });

  test("is for the service everything, and for whoever has no role of ours nothing", async () => {
    expect(await pagesAs(null, { query: "rarisimo" }, 51)).toHaveLength(4);
    expect(await pagesAs(principalOf("supplier", null), { query: "te" }, 51)).toEqual([]);
    const client = await testing.database.connectDirect("stranger");
    for (const claims of ["", '{"sub":"x","role":"authenticated"}', '{"sub":"x","role":"supplier"}']) {
      await client.query("begin");
      await client.query("select set_config('request.jwt.claims', $1, true)", [claims]);
      await client.query("set local role bodega_user");
      const { rows } = await client.query(
        "select * from catalog.search_products('{te}', null, null, null, null, null, 50)",
      );
      expect(rows, claims).toEqual([]);
      await client.query("rollback");
    }
    await client.end();
  });

  test("of another seller's products finds none", async () => {
    expect(await pagesAs(principalOf("supplier"), { query: "cafe", supplierId: otherSeller }, 51)).toEqual([]);
    expect(await pagesAs(principalOf("admin"), { query: "cafe", supplierId: otherSeller }, 51)).not.toEqual([]);
  });

  test("under row security looks words up in the index and reads no table from end to end", async () => {
    const scans = async (tx: Executor, relation: string) => {
      const { rows } = await sql<{ readonly count: number }>`
        select pg_stat_get_xact_numscans(${relation}::regclass)::integer as count
      `.execute(tx);
      return rows[0]?.count ?? 0;
    };
    for (const query of ["rarisimo", "sku-17", "zz"]) {
      await testing.database.readAs(principalOf("sales"), async (tx) => {
        const count = async () => [await scans(tx, "catalog.products_by_words"), await scans(tx, "catalog.products")];
        const [byWords = 0, throughAll = 0] = await count();
        await listProducts(tx, { query }, null, 51);
        expect([query, ...(await count())]).toEqual([query, byWords + 1, throughAll]);
      });
    }
  });
});
