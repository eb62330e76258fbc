import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { folderOf, keysOf, type PhotoRow, Photos, signatureOf } from "./photos.testing.ts";

let testing: TestDatabase;
let photos: Photos;

beforeAll(async () => {
  testing = await testDatabase();
  photos = new Photos(testing.database);
});

afterAll(async () => testing.drop());

async function mainPhoto(): Promise<PhotoRow> {
  return photos.insert(await photos.createProduct());
}

describe("missed main photos", () => {
  const missed = async () =>
    photos.value<string[]>("select array(select catalog.requeue_missed_main_thumbnails()) as value");

  test("one whose job was lost is found after two minutes, enqueued, and counted once", async () => {
    const photo = await mainPhoto();
    await photos.loseJobs(photo.id);
    expect(await missed()).toEqual([]);
    await photos.age(photo.id, "3 minutes");
    expect(await missed()).toEqual([photo.id]);
    expect(await photos.waiting(photo.id)).toBe(1);
    expect(await missed()).toEqual([]);
    const [today] = await photos.rows("select * from catalog.thumbnail_metrics(1)");
    expect(today).toMatchObject({ missed: 1 });
  });

  test("one that waits in the queue, or that a worker is at, is not missed", async () => {
    const waiting = await mainPhoto();
    const working = await mainPhoto();
    await photos.start(working.id, await photos.takeJob(working.id));
    await photos.age(waiting.id, "3 minutes");
    await photos.age(working.id, "3 minutes");
    expect(await missed()).toEqual([]);
  });

  test("one that lost its worker and its job, and one whose trigger was off, are found too", async () => {
    const abandoned = await mainPhoto();
    await photos.start(abandoned.id, await photos.takeJob(abandoned.id));
    await photos.loseJobs(abandoned.id);
    await photos.age(abandoned.id, "5 minutes");
    const product = await photos.createProduct();
    const client = await testing.database.connectDirect("test");
    await client.query("begin; set local session_replication_role = replica");
    await client.query(
      `insert into catalog.product_images
         (product_id, position, sha256, mime_type, width, height, size_bytes, original_key, state_changed_at)
       values ($1, 0, repeat('a', 64), 'image/jpeg', 1, 1, 1, 'x.jpg', now() - interval '1 hour')`,
      [product],
    );
    await client.query("commit");
    await client.end();
    const [untold] = await photos.list(product);
    expect((await missed()).sort()).toEqual([abandoned.id, untold?.id].sort());
    expect(await photos.job(abandoned.id)).toMatchObject({ status: "queued", attempts: 1 });
    expect((await photos.list(product))[0]?.thumbnail_state).toBe("uploaded");
    expect(await photos.waiting(untold?.id ?? "")).toBe(1);
  });

  test("one that used up its attempts without an end fails instead of being tried for ever", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id, await photos.takeJob(photo.id));
    await photos.fail(photo.id, "VARIANT_FAILED", false);
    await photos.rows("update catalog.thumbnail_jobs set attempts = 8 where image_id = $1", [photo.id]);
    await photos.loseJobs(photo.id);
    await photos.age(photo.id, "5 minutes");
    expect(await missed()).toEqual([]);
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("failed");
  });
});

describe("rows left processing", () => {
  const close = async () =>
    photos.value<string[]>("select array(select catalog.close_abandoned_thumbnail_jobs()) as value");

  test("are closed when the queue no longer holds their job, and the work given out again", async () => {
    const photo = await mainPhoto();
    const job = await photos.takeJob(photo.id);
    await photos.start(photo.id, job);
    await photos.age(photo.id, "3 minutes");
    expect(await close()).toEqual([]);
    await photos.loseJobs(photo.id);
    expect(await close()).toEqual([photo.id]);
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("retry_scheduled");
    expect(await photos.job(photo.id)).toMatchObject({ status: "queued", attempts: 1, error_code: "WORKER_LOST" });
    expect(await photos.waiting(photo.id)).toBe(1);
    expect(await close()).toEqual([]);
  });

  test("fail when their attempts are used up", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id, await photos.takeJob(photo.id));
    await photos.rows("update catalog.thumbnail_jobs set attempts = 8 where image_id = $1", [photo.id]);
    await photos.loseJobs(photo.id);
    await photos.age(photo.id, "3 minutes");
    await close();
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("failed");
    expect(await photos.job(photo.id)).toMatchObject({ status: "error", error_code: "WORKER_LOST" });
    expect((await photos.events(photo.product_id)).at(-1)).toMatchObject({
      phase: "thumbnails_failed",
      reason: "WORKER_LOST",
    });
  });
});

describe("repair", () => {
  const repair = async (photo: PhotoRow, missing: readonly string[], signature = signatureOf(photo)) =>
    photos.value<boolean>("select catalog.repair_thumbnails($1, $2, $3) as value", [photo.id, missing, signature]);

  test("without desktop the photo starts over; without another variant it is partial; one event each", async () => {
    for (const [missing, state] of [
      ["desktop", "uploaded"],
      ["mobile", "partial"],
    ] as const) {
      const photo = await mainPhoto();
      await photos.generate(photo);
      await photos.loseJobs(photo.id);
      expect(await repair(photo, [missing])).toBe(true);
      expect((await photos.photo(photo.id)).thumbnail_state).toBe(state);
      expect(await photos.waiting(photo.id)).toBe(1);
      expect((await photos.events(photo.product_id)).at(-1)).toMatchObject({
        phase: "repair",
        reason: "OBJECT_MISSING",
      });
      expect(await repair(photo, [missing])).toBe(false);
      await photos.start(photo.id, await photos.takeJob(photo.id));
      expect(await photos.set(photo)).toBe("set");
      expect((await photos.photo(photo.id)).thumbnail_state).toBe("ready");
    }
  });

  test("does not take back thumbnails that came after the look", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    expect(await repair(photo, ["desktop"], signatureOf(photo, "0"))).toBe(false);
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("ready");
  });
});

describe("whose object is it", () => {
  const referenced = async (keys: readonly string[]) => {
    const rows = await photos.rows<{ object_key: string; is_referenced: boolean }>(
      "select * from catalog.is_object_key_referenced($1)",
      [keys],
    );
    return keys.map((key) => rows.find((row) => row.object_key === key)?.is_referenced);
  };

  test("originals, thumbnails and their folders are a photo's as long as it refers to them", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    const old = `${folderOf(photo)}${signatureOf(photo, "0")}/`;
    const keys = [
      photo.original_key,
      ...Object.values(keysOf(photo)),
      folderOf(photo),
      `products/${photo.product_id}/`,
      `${folderOf(photo)}${signatureOf(photo)}/`,
    ];
    expect(await referenced(keys)).toEqual(keys.map(() => true));
    const strays = [
      old,
      `${old}desktop.jpg`,
      `${folderOf(photo)}original-other.jpg`,
      "products/x/y/z.jpg",
      "elsewhere",
    ];
    expect(await referenced(strays)).toEqual(strays.map(() => false));
    await photos.remove(photo.id);
    expect(await referenced(keys)).toEqual(keys.map(() => false));
  });

  test("what a run put there and did not record is nobody's, though the photo has thumbnails of that signature", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    const stray = `${folderOf(photo)}${signatureOf(photo)}/0a1b2c3d/`;
    expect(await referenced([stray, `${stray}desktop.jpg`])).toEqual([false, false]);
  });

  test("a prefix ends at its slash: a/ is never ab/", async () => {
    const product = await photos.createProduct();
    const unique = product.replaceAll("-", "");
    const key = `shared/${unique}ab/one.jpg`;
    await photos.insert(product, { ...photos.newPhoto(product), originalKey: key });
    expect(await referenced([`shared/${unique}a/`, `shared/${unique}ab/`, "shared/", key])).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test("thumbnails that another row points to are not purged with their folder", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    const copy = await mainPhoto();
    await photos.start(copy.id);
    await photos.rows("select catalog.set_main_thumbnails($1, $2, $3, $4, null)", [
      copy.id,
      copy.sha256,
      signatureOf(copy),
      JSON.stringify(keysOf(photo)),
    ]);
    await photos.remove(photo.id);
    expect(await referenced([folderOf(photo), keysOf(photo).desktop ?? ""])).toEqual([true, true]);
  });
});

describe("metrics", () => {
  test("are summed up per day, keep the times to desktop, and outlive the photos", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    await photos.remove(photo.id);
    await photos.rows("update catalog.thumbnail_outcomes set at = at - interval '3 days'");
    const before = await photos.rows("select * from catalog.thumbnail_metrics(30)");
    expect(before).toHaveLength(1);
    expect(await photos.value("select catalog.roll_up_thumbnail_metrics('UTC', interval '1 day') as value")).toBe(1);
    expect(await photos.value("select count(*)::int as value from catalog.thumbnail_outcomes")).toBe(0);
    expect(await photos.rows("select * from catalog.thumbnail_metrics(30)")).toEqual(before);
    expect(await photos.value("select catalog.roll_up_thumbnail_metrics() as value")).toBe(0);
    expect(await photos.rows("select * from catalog.thumbnail_metrics(2)")).toEqual([]);
  });

  test("the history of photos is forgotten after its time", async () => {
    const photo = await mainPhoto();
    await photos.rows("update catalog.image_history set at = at - interval '100 days' where image_id = $1", [photo.id]);
    expect(await photos.value("select catalog.prune_image_history() as value")).toBe(2);
  });
});
