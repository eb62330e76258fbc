import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlState } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { anyHash, folderOf, Photos, signatureOf } from "./photos.testing.ts";

let testing: TestDatabase;
let photos: Photos;

beforeAll(async () => {
  testing = await testDatabase();
  photos = new Photos(testing.database);
});

afterAll(async () => testing.drop());

const stateOf = (work: Promise<unknown>) => work.then(() => "no error", sqlState);

describe("appending", () => {
  test("photos come after one another, and each tells the list's new revision once", async () => {
    const product = await photos.createProduct();
    const [first, second] = await photos.insertMany(product, 2);
    expect([first?.position, second?.position]).toEqual([0, 1]);
    expect([first?.thumbnail_state, second?.thumbnail_state]).toEqual(["uploaded", "none"]);
    expect(await photos.events(product)).toMatchObject([
      { phase: "base_insert", imageId: first?.id, count: 1, revision: 1 },
      { phase: "base_insert", imageId: second?.id, count: 2, revision: 2 },
    ]);
    expect(await photos.revision(product)).toBe(2);
  });

  test("only the main photo's thumbnails are enqueued", async () => {
    const product = await photos.createProduct();
    const [first, second] = await photos.insertMany(product, 2);
    expect(await photos.waiting(first?.id ?? "")).toBe(1);
    expect(await photos.waiting(second?.id ?? "")).toBe(0);
    expect(await photos.job(first?.id ?? "")).toMatchObject({ status: "queued", attempts: 0 });
  });

  test("a product that does not exist is told by no_data_found", async () => {
    const missing = randomUUID();
    expect(await stateOf(photos.insert(missing))).toBe("P0002");
  });
});

describe("replacing the whole list", () => {
  test("the same bytes keep their row and the main photo's thumbnails; the useless upload is purged", async () => {
    const product = await photos.createProduct();
    const main = await photos.insert(product);
    await photos.generate(main);
    const again = photos.newPhoto(product, main.sha256);
    const list = await photos.replace(product, [again]);
    expect(list).toMatchObject([
      { id: main.id, thumbnail_state: "ready", thumbnail_signature: signatureOf(main), position: 0 },
    ]);
    expect(list[0]?.thumbnail_url).not.toBeNull();
    expect((await photos.purges(again.imageId)).map(({ key }) => key)).toEqual([again.originalKey]);
    expect((await photos.events(product)).map(({ phase }) => phase)).toEqual(["base_insert", "thumbnails_ready"]);
  });

  test("other bytes are another photo, whatever their name: new thumbnails, the old ones and the original purged", async () => {
    const product = await photos.createProduct();
    const main = await photos.insert(product);
    await photos.generate(main);
    const [fresh] = await photos.replace(product, [photos.newPhoto(product)]);
    expect(fresh).toMatchObject({ position: 0, thumbnail_state: "uploaded", thumbnails: null });
    expect(fresh?.id).not.toBe(main.id);
    expect(await photos.waiting(fresh?.id ?? "")).toBe(1);
    expect((await photos.purges(main.id)).map(({ key }) => key)).toEqual([folderOf(main)]);
    expect((await photos.events(product)).at(-1)).toMatchObject({
      phase: "base_insert",
      imageId: fresh?.id,
      staleDetected: true,
      previousSignature: signatureOf(main),
      newSignature: signatureOf({ sha256: fresh?.sha256 ?? "" }),
    });
  });

  test("keeps, adds, drops and reorders in one change: one revision, one event", async () => {
    const product = await photos.createProduct();
    const [a, b, c] = await photos.insertMany(product, 3);
    const revision = await photos.revision(product);
    const events = (await photos.events(product)).length;
    const added = photos.newPhoto(product);
    const list = await photos.replace(product, [{ id: c?.id ?? "" }, added, { id: a?.id ?? "" }]);
    expect(list.map(({ id, position }) => [id, position])).toEqual([
      [c?.id, 0],
      [added.imageId, 1],
      [a?.id, 2],
    ]);
    expect(list.map(({ thumbnail_state }) => thumbnail_state)).toEqual(["uploaded", "none", "none"]);
    expect(await photos.revision(product)).toBe(revision + 1);
    expect((await photos.events(product)).length).toBe(events + 1);
    expect((await photos.purges(b?.id ?? "")).map(({ key }) => key)).toEqual([
      folderOf({ id: b?.id ?? "", product_id: product }),
    ]);
  });

  test("two files with the bytes of one photo: the first is that photo, the second is new", async () => {
    const product = await photos.createProduct();
    const main = await photos.insert(product);
    const [one, two] = [photos.newPhoto(product, main.sha256), photos.newPhoto(product, main.sha256)];
    const list = await photos.replace(product, [one, two]);
    expect(list.map(({ id }) => id)).toEqual([main.id, two.imageId]);
  });

  test("repeating the same call changes nothing and tells nothing", async () => {
    const product = await photos.createProduct();
    const list = [photos.newPhoto(product), photos.newPhoto(product)];
    await photos.replace(product, list);
    const before = [await photos.revision(product), await photos.events(product)];
    const again = await photos.replace(product, list);
    expect(again.map(({ id }) => id)).toEqual(list.map(({ imageId }) => imageId));
    expect([await photos.revision(product), await photos.events(product)]).toEqual(before);
    expect(await photos.purges(product)).toEqual([]);
  });

  test("an empty list removes all", async () => {
    const product = await photos.createProduct();
    await photos.insertMany(product, 2);
    expect(await photos.replace(product, [])).toEqual([]);
    expect((await photos.events(product)).at(-1)).toMatchObject({ phase: "base_insert", count: 0 });
  });

  test.each([
    [
      "a photo of another product",
      async (product: string) => [{ id: (await photos.insert(await photos.createProduct())).id }, product],
    ],
    [
      "a photo twice",
      async (product: string) => {
        const { id } = await photos.insert(product);
        return [{ id }, { id }];
      },
    ],
    ["neither an id nor a file", async () => [{}]],
  ])("naming %s is refused and nothing changes", async (_name, listOf) => {
    const product = await photos.createProduct();
    const list = JSON.stringify(await listOf(product));
    const before = await photos.list(product);
    const refused = photos.rows("select catalog.replace_product_images_preserve_thumbs($1, $2)", [product, list]);
    expect(await stateOf(refused)).toBe("22023");
    expect(await photos.list(product)).toEqual(before);
  });
});

describe("reordering", () => {
  test("the demoted main photo loses its thumbnails (purged after the grace), the new one gets a job", async () => {
    const product = await photos.createProduct();
    const [a, b] = await photos.insertMany(product, 2);
    if (a === undefined || b === undefined) throw new Error("two photos");
    await photos.generate(a);
    await photos.reorder(product, [b.id, a.id]);
    expect(await photos.photo(a.id)).toMatchObject({ position: 1, thumbnail_state: "none", thumbnails: null });
    expect(await photos.photo(b.id)).toMatchObject({ position: 0, thumbnail_state: "uploaded", thumbnails: null });
    expect(await photos.waiting(b.id)).toBe(1);
    const [purge] = await photos.purges(a.id);
    expect(purge?.key).toBe(`${folderOf(a)}${signatureOf(a)}/`);
    expect(purge?.inSeconds).toBeGreaterThan(500);
  });

  test("with thumbnails for all, nothing is lost by it", async () => {
    await photos.withSetting("images.thumbnailsFor", "all", async () => {
      const product = await photos.createProduct();
      const [a, b] = await photos.insertMany(product, 2);
      if (a === undefined || b === undefined) throw new Error("two photos");
      await photos.generate(a);
      await photos.generate(b);
      const list = await photos.reorder(product, [b.id, a.id]);
      expect(list.map(({ thumbnail_state }) => thumbnail_state)).toEqual(["ready", "ready"]);
    });
    const left = async () => photos.value<number>("select catalog.apply_thumbnails_for(10) as value");
    expect(await left()).toBe(1);
    expect(await left()).toBe(0);
  });

  test("an order that does not name each photo once is a conflict", async () => {
    const product = await photos.createProduct();
    const [a, b] = await photos.insertMany(product, 2);
    for (const ids of [[a?.id], [a?.id, a?.id], [a?.id, b?.id, randomUUID()]]) {
      expect(await stateOf(photos.rows("select catalog.reorder_product_images($1, $2)", [product, ids]))).toBe("55000");
    }
  });
});

describe("deleting", () => {
  test("the gap closes, the next photo is promoted, the objects are purged at once", async () => {
    const product = await photos.createProduct();
    const [a, b, c] = await photos.insertMany(product, 3);
    if (a === undefined || b === undefined || c === undefined) throw new Error("three photos");
    await photos.remove(a.id);
    expect(
      (await photos.list(product)).map(({ id, position, thumbnail_state }) => [id, position, thumbnail_state]),
    ).toEqual([
      [b.id, 0, "uploaded"],
      [c.id, 1, "none"],
    ]);
    const [purge] = await photos.purges(a.id);
    expect(purge?.key).toBe(folderOf(a));
    expect(purge?.inSeconds).toBeLessThan(5);
    expect((await photos.events(product)).at(-1)).toMatchObject({
      phase: "base_insert",
      imageId: b.id,
      count: 2,
      revision: 4,
    });
    expect(await stateOf(photos.remove(a.id))).toBe("P0002");
  });

  test("plain SQL does the same: closed up, promoted, purged, one revision, one event", async () => {
    const product = await photos.createProduct();
    const [a, b, c, d] = await photos.insertMany(product, 4);
    await photos.rows("delete from catalog.product_images where id = any ($1)", [[a?.id, c?.id]]);
    expect((await photos.list(product)).map(({ id, position }) => [id, position])).toEqual([
      [b?.id, 0],
      [d?.id, 1],
    ]);
    expect(await photos.waiting(b?.id ?? "")).toBe(1);
    expect((await photos.purges(product)).length).toBe(2);
    expect(await photos.revision(product)).toBe(5);
    expect((await photos.events(product)).length).toBe(5);
  });

  test("a deleted product takes its photos along and purges all their objects", async () => {
    const product = await photos.createProduct();
    const list = await photos.insertMany(product, 3);
    await photos.rows("delete from catalog.products where id = $1", [product]);
    expect(await photos.list(product)).toEqual([]);
    expect((await photos.purges(product)).map(({ key }) => key).sort()).toEqual(list.map(folderOf).sort());
  });

  test("a rolled back delete purges nothing", async () => {
    const product = await photos.createProduct();
    const photo = await photos.insert(product);
    await expect(
      testing.database.transaction(async (transaction) => {
        await sql`delete from catalog.products where id = ${product}`.execute(transaction);
        throw new Error("changed our mind");
      }),
    ).rejects.toThrow("changed our mind");
    expect(await photos.purges(photo.id)).toEqual([]);
  });
});

describe("plain SQL writes", () => {
  test("an inserted main photo is enqueued, with its job row, in the same transaction", async () => {
    const product = await photos.createProduct();
    const id = await photos.value<string>(
      `insert into catalog.product_images (product_id, position, sha256, mime_type, width, height, size_bytes, original_key)
       values ($1, 0, $2, 'image/png', 10, 10, 100, 'elsewhere/one.png') returning id as value`,
      [product, anyHash()],
    );
    expect(await photos.waiting(id)).toBe(1);
    expect(await photos.job(id)).toMatchObject({ status: "queued" });
    expect(await photos.revision(product)).toBe(1);
    expect(await photos.isSaidToHavePhoto(product)).toBe(true);
    await photos.rows("delete from catalog.product_images where id = $1", [id]);
    expect((await photos.purges("elsewhere/one.png")).map(({ key }) => key)).toEqual(["elsewhere/one.png"]);
    expect(await photos.isSaidToHavePhoto(product)).toBe(false);
  });

  test("positions swapped by hand move the thumbnails' work along", async () => {
    const product = await photos.createProduct();
    const [a, b] = await photos.insertMany(product, 2);
    if (a === undefined || b === undefined) throw new Error("two photos");
    await photos.generate(a);
    await photos.rows("update catalog.product_images set position = 1 - position where product_id = $1", [product]);
    expect(await photos.photo(a.id)).toMatchObject({ thumbnail_state: "none", thumbnail_url: null });
    expect(await photos.photo(b.id)).toMatchObject({ thumbnail_state: "uploaded" });
    expect(await photos.waiting(b.id)).toBe(1);
  });

  test("other bytes in the same row start over", async () => {
    const product = await photos.createProduct();
    const photo = await photos.insert(product);
    await photos.generate(photo);
    await photos.loseJobs(photo.id);
    await photos.rows("update catalog.product_images set sha256 = $2 where id = $1", [photo.id, anyHash()]);
    expect(await photos.photo(photo.id)).toMatchObject({ thumbnail_state: "uploaded", thumbnails: null });
    expect(await photos.waiting(photo.id)).toBe(1);
  });

  test("two photos cannot be at one position", async () => {
    const product = await photos.createProduct();
    const [a] = await photos.insertMany(product, 2);
    const clash = photos.rows("update catalog.product_images set position = 1 where id = $1", [a?.id]);
    expect(await stateOf(clash)).toBe("23505");
  });
});
