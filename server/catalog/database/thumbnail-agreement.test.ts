import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlState, violatedConstraint } from "../../foundation/database/database.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { allVariants, folderOf, type PhotoRow, Photos, signatureOf } from "./photos.testing.ts";

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

describe("columns and states agree", () => {
  test.each([
    ["a url without desktop (stale JSON)", "thumbnails = '{}', thumbnail_url = 'products/x/desktop.jpg'"],
    ["a url without thumbnails", "thumbnails = null"],
    ["thumbnails without a url", "thumbnail_url = null"],
    ["thumbnails that are no object", "thumbnails = '[\"desktop\"]'"],
    ["a state that does not exist", "thumbnail_state = 'done'"],
    ["a step that does not exist", "thumbnail_state = 'retry_scheduled'"],
  ])("%s is refused, on plain SQL too", async (_name, assignment) => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    const refused = photos.rows(`update catalog.product_images set ${assignment} where id = $1`, [photo.id]);
    expect(await refused.catch(sqlState)).toBe("23514");
  });

  test("a photo inserted with a url but no desktop is refused", async () => {
    const photo = photos.newPhoto(await photos.createProduct());
    const refused = photos.rows(
      `insert into catalog.product_images
         (product_id, position, sha256, mime_type, width, height, size_bytes, original_key, thumbnails, thumbnail_url)
       select id, 0, $1, 'image/jpeg', 1, 1, 1, 'x/y.jpg', '{"mobile": "m"}', 'm' from catalog.products limit 1`,
      [photo.sha256],
    );
    expect(await refused.catch(violatedConstraint)).toMatch(/^product_images_/);
  });

  test("a signature changed by hand is regenerated", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    await photos.loseJobs(photo.id);
    await photos.rows("update catalog.product_images set thumbnail_signature = 'deadbeef' where id = $1", [photo.id]);
    expect(await photos.waiting(photo.id)).toBe(1);
    await photos.start(photo.id, await photos.takeJob(photo.id));
    expect(await photos.set(photo)).toBe("set");
    expect((await photos.events(photo.product_id)).at(-1)).toMatchObject({
      phase: "thumbnails_ready",
      staleDetected: true,
      previousSignature: "deadbeef",
      newSignature: signatureOf(photo),
    });
  });

  test("a signature changed by hand is left to the sweep when enforcement is off", async () => {
    await photos.withSetting("images.signatureEnforcement", false, async () => {
      const photo = await mainPhoto();
      await photos.generate(photo);
      await photos.loseJobs(photo.id);
      await photos.rows("update catalog.product_images set thumbnail_signature = 'deadbeef' where id = $1", [photo.id]);
      expect(await photos.waiting(photo.id)).toBe(0);
      const stale = await photos.rows("select * from catalog.find_stale_thumbnails()");
      expect(stale).toMatchObject([{ image_id: photo.id, expected_signature: signatureOf(photo) }]);
      await photos.remove(photo.id);
    });
  });

  test.each([
    ["all taken away", "thumbnails = null, thumbnail_url = null, thumbnail_signature = null", "uploaded"],
    ["one variant taken away", "thumbnails = thumbnails - 'tablet'", "partial"],
  ])("thumbnails %s by hand come back", async (_name, assignment, state) => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    await photos.loseJobs(photo.id);
    await photos.rows(`update catalog.product_images set ${assignment} where id = $1`, [photo.id]);
    expect((await photos.photo(photo.id)).thumbnail_state).toBe(state);
    expect(await photos.waiting(photo.id)).toBe(1);
  });
});

describe("a new recipe", () => {
  test("makes photos stale; renewed, the old objects are purged only afterwards and after the grace", async () => {
    const photo = await mainPhoto();
    await photos.generate(photo);
    try {
      expect(await photos.value("select catalog.set_recipe_version('2') as value")).toBe(true);
      expect(await photos.value("select catalog.set_recipe_version('2') as value")).toBe(false);
      const stale = await photos.rows("select * from catalog.find_stale_thumbnails() where image_id = $1", [photo.id]);
      expect(stale).toMatchObject([
        { thumbnail_signature: signatureOf(photo), expected_signature: signatureOf(photo, "2") },
      ]);
      expect(await request(photo)).toMatchObject({ state: "ready", queued: true });
      expect((await photos.photo(photo.id)).thumbnail_url).not.toBeNull();
      await photos.start(photo.id, await photos.takeJob(photo.id));
      expect((await photos.photo(photo.id)).thumbnail_url).not.toBeNull();
      expect(await photos.purges(photo.id)).toEqual([]);
      expect(await photos.set(photo, allVariants, "2")).toBe("set");
      const [purge] = await photos.purges(photo.id);
      expect(purge?.key).toBe(`${folderOf(photo)}${signatureOf(photo)}/`);
      expect(purge?.inSeconds).toBeGreaterThan(500);
    } finally {
      await photos.rows("select catalog.set_recipe_version('1')");
    }
  });
});

async function request(photo: PhotoRow): Promise<unknown> {
  return photos.value("select catalog.request_thumbnail_generation($1) as value", [photo.id]);
}
