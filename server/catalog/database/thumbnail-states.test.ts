import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlState } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { allVariants, anyHash, keysOf, type PhotoRow, Photos, signatureOf } from "./photos.testing.ts";

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

const phases = async (photo: PhotoRow) => (await photos.events(photo.product_id)).map(({ phase }) => phase);

test("the database and the server know the same variants", async () => {
  expect(await photos.value<string[]>("select catalog.thumbnail_variants() as value")).toEqual(allVariants);
});

describe("the road to ready", () => {
  test("upload, start, set: ready, the job closed, two events, the metrics counted", async () => {
    const photo = await mainPhoto();
    expect(await photos.start(photo.id)).toMatchObject({
      action: "generate",
      attempts: 1,
      original_key: photo.original_key,
      expected_signature: signatureOf(photo),
    });
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("generating");
    expect((await photos.job(photo.id)).status).toBe("processing");
    expect(await photos.set(photo)).toBe("set");
    expect(await photos.photo(photo.id)).toMatchObject({
      thumbnail_state: "ready",
      thumbnail_url: keysOf(photo).desktop,
      thumbnails: keysOf(photo),
      thumbnail_signature: signatureOf(photo),
    });
    expect(await photos.job(photo.id)).toMatchObject({ status: "success", attempts: 1, error_code: null });
    expect(await phases(photo)).toEqual(["base_insert", "thumbnails_ready"]);
    expect((await photos.events(photo.product_id)).at(-1)).toMatchObject({
      imageId: photo.id,
      attempt: 1,
      count: 1,
      newSignature: signatureOf(photo),
      thumbnails: keysOf(photo),
      revision: await photos.revision(photo.product_id),
    });
    const outcomes = await photos.rows<{ outcome: string; time_to_desktop_ms: number | null }>(
      "select outcome, time_to_desktop_ms from catalog.thumbnail_outcomes where image_id = $1 order by id",
      [photo.id],
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["attempt", "success"]);
    expect(outcomes[1]?.time_to_desktop_ms).toBeGreaterThanOrEqual(0);
    const history = await photos.rows<{ event: string }>(
      "select event from catalog.image_history where image_id = $1 order by id",
      [photo.id],
    );
    expect(history.map(({ event }) => event)).toEqual(["queued", "base_insert", "started", "thumbnails_ready"]);
  });

  test("the same thumbnails a second time are unchanged: no event, no revision, the job closed", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    const before = [await photos.revision(photo.product_id), await phases(photo)];
    expect(await photos.set(photo)).toBe("unchanged");
    expect([await photos.revision(photo.product_id), await phases(photo)]).toEqual(before);
    expect((await photos.job(photo.id)).status).toBe("success");
  });

  test("a start on valid thumbnails says so, unless it is forced", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    expect((await photos.start(photo.id)).action).toBe("valid");
    expect((await photos.start(photo.id, null, true)).action).toBe("generate");
    expect((await photos.photo(photo.id)).thumbnail_url).not.toBeNull();
    expect(await photos.set(photo)).toBe("set");
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("ready");
  });
});

describe("compare and set", () => {
  test("thumbnails of other bytes are superseded and purged; the job that waits goes on", async () => {
    const photo = await mainPhoto();
    await photos.takeJob(photo.id);
    await photos.start(photo.id);
    await photos.rows("update catalog.product_images set sha256 = $2 where id = $1", [photo.id, anyHash()]);
    expect(await photos.set(photo)).toBe("superseded");
    expect(await photos.photo(photo.id)).toMatchObject({ thumbnail_state: "uploaded", thumbnails: null });
    expect((await photos.job(photo.id)).status).toBe("queued");
    expect(await photos.waiting(photo.id)).toBe(1);
    const keys = (await photos.purges(`${photo.id}/${signatureOf(photo)}`)).map(({ key }) => key);
    expect(keys).toEqual(Object.values(keysOf(photo)).sort());
  });

  test("a photo that was demoted meanwhile gets no thumbnails, and its job is closed", async () => {
    const photo = await mainPhoto();
    const next = await photos.insert(photo.product_id);
    await photos.start(photo.id);
    await photos.reorder(photo.product_id, [next.id, photo.id]);
    await photos.loseJobs(photo.id);
    expect(await photos.set(photo)).toBe("superseded");
    expect(await photos.photo(photo.id)).toMatchObject({ thumbnail_state: "none", thumbnails: null });
    expect(await photos.job(photo.id)).toMatchObject({ status: "skipped", error_code: "SUPERSEDED" });
  });

  test("a photo that has gone is superseded, and what was made for it purged", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id);
    await photos.remove(photo.id);
    expect(await photos.set(photo)).toBe("superseded");
    expect((await photos.start(photo.id)).action).toBe("gone");
    expect(await photos.fail(photo.id, "VARIANT_FAILED", true)).toBe("superseded");
    expect((await photos.purges(photo.id)).map(({ key }) => key)).toContain(keysOf(photo).desktop);
  });

  test("a worker with an older recipe does not undo the newer one's thumbnails", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    await photos.start(photo.id, null, true);
    await photos.set(photo);
    expect(await photos.set(photo, allVariants, "0")).toBe("superseded");
    expect((await photos.photo(photo.id)).thumbnail_signature).toBe(signatureOf(photo));
  });

  test("thumbnails without desktop, or signed for other bytes, are an error of the caller", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id);
    expect(await photos.set(photo, ["mobile"]).catch(sqlState)).toBe("22023");
    const otherBytes = { ...photo, sha256: anyHash() };
    const mixed = photos.rows("select catalog.set_main_thumbnails($1, $2, $3, $4, null)", [
      photo.id,
      photo.sha256,
      signatureOf(otherBytes),
      JSON.stringify(keysOf(photo)),
    ]);
    expect(await mixed.catch(sqlState)).toBe("22023");
  });
});

describe("partial", () => {
  test("desktop alone is partial and generated again; the rest makes it ready, and tells it once each", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id, await photos.takeJob(photo.id));
    expect(await photos.set(photo, ["desktop", "mobile"])).toBe("set");
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("partial");
    expect(await photos.job(photo.id)).toMatchObject({ status: "queued", attempts: 1, error_code: "VARIANT_FAILED" });
    expect(await photos.waiting(photo.id)).toBe(1);

    expect(await photos.start(photo.id, await photos.takeJob(photo.id))).toMatchObject({
      action: "generate",
      attempts: 2,
    });
    expect(await photos.set(photo, ["desktop", "mobile"])).toBe("set");
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("partial");

    await photos.start(photo.id, await photos.takeJob(photo.id));
    expect(await photos.set(photo, ["desktop", "tablet", "minithumb"])).toBe("set");
    expect(await photos.photo(photo.id)).toMatchObject({ thumbnail_state: "ready", thumbnails: keysOf(photo) });
    expect(await photos.job(photo.id)).toMatchObject({ status: "success", attempts: 3 });
    expect(await phases(photo)).toEqual(["base_insert", "thumbnails_partial", "thumbnails_ready"]);
  });

  test("is not tried for ever: after eight attempts the row says so and nothing waits", async () => {
    const photo = await mainPhoto();
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await photos.start(photo.id, await photos.takeJob(photo.id));
      await photos.set(photo, ["desktop"]);
    }
    expect(await photos.waiting(photo.id)).toBe(0);
    expect(await photos.job(photo.id)).toMatchObject({ status: "error", attempts: 8, error_code: "VARIANT_FAILED" });
    await photos.age(photo.id, "1 hour");
    expect(
      await photos.rows("select * from catalog.find_missed_main_thumbnails() where image_id = $1", [photo.id]),
    ).toEqual([]);
  });
});

describe("errors and skips", () => {
  test("an error that may pass schedules a retry without an event; a final one fails with its reason", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id);
    expect(await photos.fail(photo.id, "PERSIST_FAILED", false)).toBe("retry_scheduled");
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("retry_scheduled");
    expect(await photos.job(photo.id)).toMatchObject({
      status: "error",
      error_code: "PERSIST_FAILED",
      last_error: "It broke.",
    });
    await photos.loseJobs(photo.id);
    await photos.start(photo.id);
    expect(await photos.fail(photo.id, "INVALID_IMAGE", true)).toBe("failed");
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("failed");
    expect(await phases(photo)).toEqual(["base_insert", "thumbnails_failed"]);
    expect((await photos.events(photo.product_id)).at(-1)).toMatchObject({ attempt: 2, reason: "INVALID_IMAGE" });
  });

  test("a last failure does not fail a photo that other work waits for", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id, await photos.takeJob(photo.id));
    await photos.rows("select catalog.request_thumbnail_generation($1, true)", [photo.id]);
    expect(await photos.fail(photo.id, "VARIANT_FAILED", true)).toBe("retry_scheduled");
  });

  test("long messages are cut to 500 characters", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id);
    await photos.rows("select catalog.mark_thumbnail_job_error($1, 'VARIANT_FAILED', $2)", [photo.id, "x".repeat(900)]);
    expect((await photos.job(photo.id)).last_error).toHaveLength(500);
  });

  test("a photo skipped by policy says why once and is not tried again unless forced", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id);
    await photos.rows("select catalog.mark_thumbnail_job_skipped($1, 'WEBP_SKIPPED')", [photo.id]);
    expect((await photos.photo(photo.id)).thumbnail_state).toBe("skipped");
    expect(await photos.job(photo.id)).toMatchObject({ status: "skipped", error_code: "WEBP_SKIPPED" });
    expect(await phases(photo)).toEqual(["base_insert", "thumbnails_skipped_webp"]);
    await photos.loseJobs(photo.id);
    await photos.age(photo.id, "1 hour");
    expect(await photos.rows("select * from catalog.requeue_missed_main_thumbnails()")).toEqual([]);
    expect(await request(photo)).toEqual({ state: "skipped", attempts: 1, queued: false });
    expect(await request(photo, true)).toEqual({ state: "skipped", attempts: 0, queued: true });
    expect(await photos.waiting(photo.id)).toBe(1);
  });
});

describe("never two at once", () => {
  test("a second start is busy while the first one's job is held, and comes again by itself", async () => {
    const photo = await mainPhoto();
    const first = await photos.takeJob(photo.id);
    expect((await photos.start(photo.id, first)).action).toBe("generate");
    await request(photo, true);
    const second = await photos.takeJob(photo.id);
    expect(second).not.toBe(first);
    expect(await photos.start(photo.id, second, true)).toMatchObject({ action: "busy", reason: "IN_PROGRESS" });
    expect((await photos.job(photo.id)).attempts).toBe(1);
    expect(await photos.waiting(photo.id)).toBe(1);
  });

  test("the job of a worker that died is taken over, by the same job and by another", async () => {
    const photo = await mainPhoto();
    const first = await photos.takeJob(photo.id);
    await photos.start(photo.id, first);
    expect(await photos.start(photo.id, first)).toMatchObject({ action: "generate", attempts: 2 });
    await photos.freeJob(first);
    expect(await photos.start(photo.id, first + 1_000_000)).toMatchObject({ action: "generate", attempts: 3 });
  });

  test("a late finish after the takeover changes nothing", async () => {
    const photo = await mainPhoto();
    const job = await photos.takeJob(photo.id);
    await photos.start(photo.id, job);
    await photos.start(photo.id, job);
    expect(await photos.set(photo)).toBe("set");
    expect(await photos.set(photo)).toBe("unchanged");
    expect(await phases(photo)).toEqual(["base_insert", "thumbnails_ready"]);
  });

  test("a request while one is at work is answered for it; one for valid thumbnails queues nothing", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id, await photos.takeJob(photo.id));
    expect(await request(photo)).toEqual({ state: "generating", attempts: 1, queued: true });
    expect(await photos.waiting(photo.id)).toBe(0);
    await photos.set(photo);
    expect(await request(photo)).toEqual({ state: "ready", attempts: 1, queued: false });
    expect(await photos.waiting(photo.id)).toBe(0);
  });

  test("a failed photo is tried anew when somebody asks", async () => {
    const photo = await mainPhoto();
    await photos.start(photo.id, await photos.takeJob(photo.id));
    await photos.fail(photo.id, "SOURCE_MISSING", true);
    expect(await request(photo)).toEqual({ state: "failed", attempts: 0, queued: true });
    expect(await photos.waiting(photo.id)).toBe(1);
  });
});

async function request(photo: PhotoRow, force = false): Promise<unknown> {
  return photos.value("select catalog.request_thumbnail_generation($1, $2) as value", [photo.id, force]);
}
