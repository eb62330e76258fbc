import { afterAll, beforeAll, expect, test } from "vitest";
import { sqlState } from "../../foundation/database/database.ts";
import { openTestDatabase, type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { anyHash, folderOf, type PhotoRow, Photos, signatureOf } from "./photos.testing.ts";

let testing: TestDatabase;
let photos: Photos;

beforeAll(async () => {
  testing = await testDatabase();
  photos = new Photos(testing.database);
});

afterAll(async () => testing.drop());

/** What must hold for a product at every moment that another transaction can see. */
async function expectSound(productId: string): Promise<PhotoRow[]> {
  const list = await photos.list(productId);
  expect(list.map(({ position }) => position)).toEqual(list.map((_, place) => place));
  for (const photo of list) {
    if (photo.position > 0) expect(photo.thumbnail_state).toBe("none");
    else expect(photo.thumbnail_state).not.toBe("none");
    for (const key of Object.values(photo.thumbnails ?? {})) {
      expect(key.startsWith(`${folderOf(photo)}${signatureOf(photo)}/`)).toBe(true);
    }
  }
  const main = list[0];
  if (main?.thumbnail_state === "uploaded") expect(await photos.waiting(main.id)).toBe(1);
  return list;
}

test("200 parallel inserts on an empty product get the positions 0 to 199", async () => {
  const product = await photos.createProduct();
  const inserted = await Promise.all(Array.from({ length: 200 }, async () => photos.insert(product)));
  expect(inserted.map(({ position }) => position).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 200 }, (_, n) => n),
  );
  await expectSound(product);
  expect(await photos.revision(product)).toBe(200);
  const revisions = (await photos.events(product)).map(({ revision }) => revision).sort((a, b) => a - b);
  expect(revisions).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
});

test("parallel inserts, replaces, reorders, deletes and workers leave every list whole", async () => {
  const other = openTestDatabase(testing.url);
  const elsewhere = new Photos(other);
  const product = await photos.createProduct();
  await photos.insertMany(product, 4);
  const hashes = Array.from({ length: 5 }, anyHash);
  const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

  const step = async (by: Photos): Promise<void> => {
    const list = await by.list(product);
    const steps: (() => Promise<unknown>)[] = [
      async () => by.insert(product, by.newPhoto(product, anyOf(hashes))),
      async () =>
        by.reorder(
          product,
          list.map(({ id }) => id).toSorted(() => Math.random() - 0.5),
        ),
      async () =>
        by.replace(product, [
          ...list.slice(1, 4).map(({ id }) => ({ id })),
          by.newPhoto(product, anyOf(hashes)),
          by.newPhoto(product, anyOf(hashes)),
        ]),
      async () => (list.length > 2 ? by.remove(anyOf(list).id) : by.insert(product)),
      async () => {
        const main = list[0];
        if (main !== undefined && (await by.start(main.id)).action === "generate") await by.set(main);
      },
    ];
    try {
      await anyOf(steps)();
    } catch (error) {
      // Another was first: the photo has gone, or the list is another now. Nothing else may go wrong.
      expect(["P0002", "55000", "22023"]).toContain(sqlState(error));
    }
  };
  await Promise.all(
    Array.from({ length: 12 }, async (_, client) => {
      for (let turn = 0; turn < 12; turn += 1) await step(client % 2 === 0 ? photos : elsewhere);
    }),
  );
  await expectSound(product);
  const revisions = (await photos.events(product)).map(({ revision }) => revision);
  expect(new Set(revisions).size).toBe(revisions.length);
  await other.close();
});

test("plain SQL deletes among the functions' changes leave every list whole, without a single deadlock", async () => {
  const product = await photos.createProduct();
  const all = await photos.insertMany(product, 40);
  const removals = all.map(async ({ id }, place) => {
    if (place % 4 === 0) return photos.remove(id);
    if (place % 4 === 1) return photos.rows("delete from catalog.product_images where id = $1", [id]);
    if (place % 4 === 2) return photos.rows("update catalog.product_images set alt = 'tocada' where id = $1", [id]);
    return photos.insert(product);
  });
  await Promise.all(removals);
  expect(await expectSound(product)).toHaveLength(30);
});

test("a delete that is rolled back leaves the order whole for the one that was not", async () => {
  const product = await photos.createProduct();
  const [a, b, c] = await photos.insertMany(product, 3);
  const client = await testing.database.connectDirect("undecided");
  await client.query("begin");
  await client.query("delete from catalog.product_images where id = $1", [c?.id]);
  const deleted = photos.remove(a?.id ?? "");
  await client.query("rollback");
  await client.end();
  await deleted;
  expect((await expectSound(product)).map(({ id }) => id)).toEqual([b?.id, c?.id]);
});

test("of many starts at once, one generates", async () => {
  const photo = await photos.insert(await photos.createProduct());
  const job = await photos.takeJob(photo.id);
  await photos.rows(
    `insert into graphile_worker._private_jobs (task_id, payload, locked_at, locked_by)
     select task_id, payload, now(), 'pool-2' from graphile_worker._private_jobs, generate_series(1, 9) where id = $1`,
    [job],
  );
  const jobs = await photos.rows<{ id: string }>(
    "select id from graphile_worker._private_jobs where payload ->> 'imageId' = $1",
    [photo.id],
  );
  const started = await Promise.all(jobs.map(async ({ id }) => photos.start(photo.id, Number(id))));
  expect(started.map(({ action }) => action).sort()).toEqual([...Array.from({ length: 9 }, () => "busy"), "generate"]);
  expect(await photos.waiting(photo.id)).toBe(1);
});

test("a start against a change of the list never deadlocks", async () => {
  const product = await photos.createProduct();
  const [a, b] = await photos.insertMany(product, 2);
  if (a === undefined || b === undefined) throw new Error("two photos");
  for (let turn = 0; turn < 10; turn += 1) {
    const settled = await Promise.allSettled([
      photos.start(a.id),
      photos.reorder(product, [b.id, a.id]),
      photos.start(b.id),
      photos.reorder(product, [a.id, b.id]),
      photos.set(a),
      photos.fail(b.id, "VARIANT_FAILED", false),
    ]);
    expect(settled.filter(({ status }) => status === "rejected")).toEqual([]);
  }
  await expectSound(product);
});
