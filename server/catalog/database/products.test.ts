import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlState } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { Photos } from "./photos.testing.ts";

let testing: TestDatabase;
let photos: Photos;

beforeAll(async () => {
  testing = await testDatabase();
  photos = new Photos(testing.database);
});

afterAll(async () => testing.drop());

describe("gtin", () => {
  const isValid = async (gtin: string) => photos.value<boolean>("select catalog.is_valid_gtin($1) as value", [gtin]);

  test.each(["96385074", "036000291452", "4006381333931", "7790895000997", "10012345678902"])(
    "%s is one",
    async (gtin) => {
      expect(await isValid(gtin)).toBe(true);
    },
  );

  test.each(["4006381333932", "96385075", "400638133393", "12345", "", "40063813339311", "40O6381333931"])(
    "%s is none",
    async (gtin) => {
      expect(await isValid(gtin)).toBe(false);
      const insert = photos.rows("insert into catalog.products (sku, name, gtin) values ($1, 'x', $2)", [
        randomUUID(),
        gtin,
      ]);
      expect(await insert.catch(sqlState)).toBe("23514");
    },
  );
});

describe("search", () => {
  test.each([
    ["Ñandú  CAFÉ\tcrème", "nandu cafe creme"],
    ["ÅNGSTRÖM Łódź smørrebrød", "angstrom lodz smorrebrod"],
    ["ｆｕｌｌ ﬁne", "full fine"],
  ])("%s is searched as %s", async (text, normalized) => {
    expect(await photos.value("select catalog.normalize_search($1) as value", [text])).toBe(normalized);
  });

  test("accents and case do not matter, in the middle of a word, in sku and gtin too; wildcards are letters", async () => {
    const sku = `ABC-${randomUUID()}`;
    await photos.rows(
      "insert into catalog.products (sku, name, gtin) values ($1, 'Té Orgánico 100%', '4006381333931')",
      [sku],
    );
    const find = async (word: string) =>
      photos.rows("select sku from catalog.products where search like catalog.search_pattern($1)", [word]);
    for (const word of ["ORGÁN", "ganic", sku.slice(0, 10).toLowerCase(), "6381333931", "te", "Té", "100%"]) {
      expect(await find(word), word).toEqual([{ sku }]);
    }
    for (const word of ["0%x", "%rg%n%", "_rganico", "ga"]) expect(await find(word), word).toEqual([]);
  });

  test("an index serves words, wherever they stand, and short ones at the beginning of a word", async () => {
    const client = await testing.database.connectDirect("plans");
    await client.query("set enable_seqscan = off");
    for (const word of ["c4ca4238a0", "ab"]) {
      const plan = await client.query<{ readonly "QUERY PLAN": string }>(
        `explain select id from catalog.products where search like catalog.search_pattern('${word}')`,
      );
      expect(plan.rows.map((line) => line["QUERY PLAN"]).join("\n")).toContain("products_by_words");
    }
    await client.end();
  });
});

test("a product's version changes with its own fields, not with its photos", async () => {
  const product = await photos.createProduct();
  const version = async () =>
    photos.value("select version::int as value from catalog.products where id = $1", [product]);
  await photos.insert(product);
  expect(await version()).toBe(1);
  await photos.rows("update catalog.products set name = name where id = $1", [product]);
  expect(await version()).toBe(1);
  await photos.rows("update catalog.products set price = 12.5 where id = $1", [product]);
  expect(await version()).toBe(2);
});

test("deletion status and time agree", async () => {
  const product = await photos.createProduct();
  const half = photos.rows("update catalog.products set deletion_status = 'pending_delete' where id = $1", [product]);
  expect(await half.catch(sqlState)).toBe("23514");
});
