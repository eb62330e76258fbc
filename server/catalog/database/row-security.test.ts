import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal, Role } from "../../foundation/auth/principal.ts";
import { type Executor, sqlState } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { type PhotoRow, Photos } from "./photos.testing.ts";

let testing: TestDatabase;
let photos: Photos;
const seller = randomUUID();
let own: PhotoRow;
let foreign: PhotoRow;

beforeAll(async () => {
  testing = await testDatabase();
  photos = new Photos(testing.database);
  own = await photos.insert(await photos.createProduct(seller));
  foreign = await photos.insert(await photos.createProduct());
});

afterAll(async () => testing.drop());

const principalOf = (role: Role): Principal => ({
  userId: `user-${role}`,
  role,
  supplierId: role === "supplier" ? seller : null,
  email: null,
});

const as = async <T>(role: Role, work: (transaction: Executor) => Promise<T>) =>
  testing.database.actAs(principalOf(role), work);

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

const tables = ["products", "product_images", "thumbnail_jobs", "image_history"] as const;

describe("reading", () => {
  test.each(["admin", "warehouse", "sales"] as const)("%s sees all", async (role) => {
    for (const table of tables) {
      const { rows } = await as(role, (tx) => sql.raw(`select * from catalog.${table}`).execute(tx));
      expect(rows.length).toBeGreaterThanOrEqual(2);
    }
  });

  test("a seller sees their own products and what hangs on them", async () => {
    const seen = async (text: string) => (await as("supplier", (tx) => sql.raw(text).execute(tx))).rows;
    expect(await seen("select id from catalog.products")).toEqual([{ id: own.product_id }]);
    expect(await seen("select id from catalog.product_images")).toEqual([{ id: own.id }]);
    expect(await seen("select image_id from catalog.thumbnail_jobs")).toEqual([{ image_id: own.id }]);
    expect(await seen("select distinct image_id from catalog.image_history")).toEqual([{ image_id: own.id }]);
  });

  test.each([
    ["without claims", null],
    ["with no role of ours", '{"sub":"x","role":"authenticated"}'],
    ["as a seller of nobody", '{"sub":"x","role":"supplier"}'],
  ])("nobody %s sees anything", async (_name, claims) => {
    for (const table of tables) expect(await asStranger(claims, `select * from catalog.${table}`)).toEqual([]);
  });

  test.each(["thumbnail_outcomes", "thumbnail_metrics_daily", "thumbnail_recipe"])(
    "%s is the service's own",
    async (table) => {
      const read = as("admin", (tx) => sql.raw(`select * from catalog.${table}`).execute(tx));
      expect(await read.catch(sqlState)).toBe("42501");
    },
  );
});

describe("writing", () => {
  test.each(["admin", "warehouse", "supplier"] as const)(
    "nobody writes photos but by the functions: %s",
    async (role) => {
      for (const text of [
        `update catalog.product_images set alt = 'x' where id = '${own.id}'`,
        `delete from catalog.product_images where id = '${own.id}'`,
        `insert into catalog.product_images select * from catalog.product_images`,
        `update catalog.products set images_revision = 0`,
        `select catalog.start_thumbnail_job('${own.id}', 'w', null, 1)`,
        `select catalog.set_main_thumbnails('${own.id}', '', '', '{}', null)`,
        `select catalog.repair_thumbnails('${own.id}', '{desktop}')`,
        `select catalog.set_recipe_version('x')`,
        `select catalog.queue_thumbnails('${own.id}', 'X')`,
        `select catalog.begin_photo_change('${own.product_id}')`,
      ]) {
        expect(await as(role, (tx) => sql.raw(text).execute(tx)).catch(sqlState), text).toBe("42501");
      }
    },
  );

  test("a seller writes their own products, and gives none away", async () => {
    const write = async (text: string) => as("supplier", (tx) => sql.raw(text).execute(tx));
    const created = await write(
      `insert into catalog.products (sku, name, supplier_id) values ('${randomUUID()}', 'Mío', '${seller}') returning id`,
    );
    expect(created.rows).toHaveLength(1);
    const renamed = await write("update catalog.products set name = 'Otro' returning id");
    expect(renamed.rows).not.toContainEqual({ id: foreign.product_id });
    expect(
      await write(`insert into catalog.products (sku, name) values ('${randomUUID()}', 'x')`).catch(sqlState),
    ).toBe("42501");
    expect(await write("update catalog.products set supplier_id = null").catch(sqlState)).toBe("42501");
    expect((await write(`delete from catalog.products where id = '${foreign.product_id}' returning id`)).rows).toEqual(
      [],
    );
  });

  test("sales reads only", async () => {
    const write = async (text: string) => as("sales", (tx) => sql.raw(text).execute(tx));
    expect((await write("update catalog.products set name = 'x' returning id")).rows).toEqual([]);
    expect((await write("delete from catalog.products returning id")).rows).toEqual([]);
    expect(
      await write(`insert into catalog.products (sku, name) values ('${randomUUID()}', 'x')`).catch(sqlState),
    ).toBe("42501");
  });

  const calls = (photo: () => PhotoRow): readonly (readonly [string, () => string])[] => [
    [
      "append",
      () => {
        const { imageId, sha256, originalKey } = photos.newPhoto(photo().product_id);
        return `catalog.insert_image_with_order('${imageId}', '${photo().product_id}', '${sha256}', 'image/jpeg', 1, 1, 1, '${originalKey}')`;
      },
    ],
    [
      "replace",
      () => `catalog.replace_product_images_preserve_thumbs('${photo().product_id}', '[{"id": "${photo().id}"}]')`,
    ],
    ["reorder", () => `catalog.reorder_product_images('${photo().product_id}', '{${photo().id}}')`],
    ["request", () => `catalog.request_thumbnail_generation('${photo().id}')`],
    ["delete", () => `catalog.delete_product_image('${photo().id}')`],
  ];

  test.each(calls(() => foreign))(
    "%s is refused to sales, strangers and, as if there were none, to another seller",
    async (_name, call) => {
      const text = `select ${call()}`;
      expect(await as("sales", (tx) => sql.raw(text).execute(tx)).catch(sqlState)).toBe("42501");
      expect(await as("supplier", (tx) => sql.raw(text).execute(tx)).catch(sqlState)).toBe("P0002");
      expect(await asStranger(null, text).catch(sqlState)).toBe("42501");
      expect(await asStranger('{"sub":"x","role":"authenticated"}', text).catch(sqlState)).toBe("42501");
      expect(await asStranger('{"sub":"x","role":"supplier"}', text).catch(sqlState)).toBe("P0002");
    },
  );

  let mine: PhotoRow;
  test.each(calls(() => mine))(
    "%s is open to admin, warehouse and the seller whose product it is",
    async (_name, call) => {
      for (const role of ["admin", "warehouse", "supplier"] as const) {
        mine = await photos.insert(await photos.createProduct(seller));
        expect((await as(role, (tx) => sql.raw(`select ${call()}`).execute(tx))).rows).toHaveLength(1);
      }
    },
  );

  test("a seller's event is told to that seller", async () => {
    const supplier = await photos.value(
      "select supplier_id as value from platform.events where payload ->> 'imageId' = $1 limit 1",
      [own.id],
    );
    expect(supplier).toBe(seller);
  });
});
