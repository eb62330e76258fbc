import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import { admin, eventually, openShop, photo, type Shop } from "../catalog.testing.ts";
import { catalogSchedules } from "../schedules.ts";
import { orphanGraceHours, purgeGraceSeconds, signatureEnforcement, thumbnailsFor } from "../settings.ts";
import { missedThumbnails } from "./missed-thumbnails.ts";
import { missingObjects } from "./missing-objects.ts";
import { orphanObjects } from "./orphan-objects.ts";
import { staleThumbnails } from "./stale-thumbnails.ts";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const missedToday = async () => {
  const { items } = await shop.ask(admin, "GET", "/v1/thumbnails/metrics?days=1", 200);
  return (items as { readonly missed: number }[])[0]?.missed ?? 0;
};

describe("missed thumbnails", () => {
  it("a photo that no trigger gave out is found after two minutes, made, counted, and told of until all is well", async () => {
    const product = await shop.newProduct();
    await shop.sql.rows("alter table catalog.product_images disable trigger enqueue_thumbnails");
    const { id } = await shop.addPhoto(product.id);
    await shop.sql.rows("alter table catalog.product_images enable trigger enqueue_thumbnails");
    const before = await missedToday();
    expect(await shop.runAudit(missedThumbnails)).toEqual({ checked: 0, found: 0, repaired: 0 });

    await shop.age(id);
    expect(await shop.runAudit(missedThumbnails, { repair: false })).toMatchObject({ found: 1, repaired: 0 });
    expect((await shop.image(id)).thumbnailState).toBe("uploaded");
    expect(await shop.runAudit(missedThumbnails)).toMatchObject({ found: 1, repaired: 1 });
    await shop.expectFetchable(await shop.settled(id, "ready"));
    expect(await missedToday()).toBe(before + 1);
    expect(await shop.incident("thumbnails-missed")).toMatchObject({ state: "open", count: 1 });

    expect(await shop.runAudit(missedThumbnails)).toMatchObject({ found: 0 });
    expect(await shop.incident("thumbnails-missed")).toMatchObject({ state: "resolved" });
    expect(await shop.phases(product.id)).toEqual(["base_insert", "thumbnails_ready"]);
  });

  it("a row left processing by a worker that is gone is closed, and the photo made", async () => {
    const { id } = await shop.newReadyPhoto();
    await shop.pastTriggers("update catalog.product_images set thumbnail_state = 'generating' where id = $1", [id]);
    await shop.sql.rows(
      `update catalog.thumbnail_jobs set status = 'processing', completed_at = null, worker_id = 'gone', job_id = 0,
        started_at = now() - interval '1 hour' where image_id = $1`,
      [id],
    );
    expect(await shop.runAudit(missedThumbnails)).toMatchObject({ found: 1, repaired: 1 });
    await shop.idle();
    const image = await shop.settled(id, "ready");
    expect(image.job).toMatchObject({ status: "success", errorCode: null });
    expect(image.history.map(({ phase }) => phase)).toContain("worker_lost");
    await shop.expectFetchable(image);
  });

  it("the setting for all photos takes hold by the next run of the minute, and is taken back by it", async () => {
    const audit = catalogSchedules.find(({ name }) => name === "thumbnail_audit");
    const run = () => {
      const signal = AbortSignal.timeout(20_000);
      return audit?.run({ foundation: shop.foundation, signal, scheduledAt: new Date(), log: testLogger() });
    };
    const { productId } = await shop.newReadyPhoto();
    const { id } = await shop.addPhoto(productId);
    await shop.set(thumbnailsFor, "all");
    await run();
    await shop.settled(id, "ready");
    await shop.set(thumbnailsFor, thumbnailsFor.fallback);
    await run();
    expect(await shop.image(id)).toMatchObject({ thumbnailState: "none", thumbnails: null });
  });
});

describe("missing objects", () => {
  it.each(["desktop", "mobile"])("%s that the store lost is made again, and told as a repair", async (variant) => {
    const image = await shop.newReadyPhoto();
    const row = await shop.sql.photo(image.id);
    await shop.foundation.store.delete(row.thumbnails?.[variant] ?? "");
    await shop.age(image.id);
    expect(await shop.runAudit(missingObjects, { repair: false })).toMatchObject({ found: 1, repaired: 0 });
    expect((await shop.image(image.id)).thumbnailState).toBe("ready");
    expect(await shop.runAudit(missingObjects)).toMatchObject({ found: 1, repaired: 1 });
    await shop.idle();
    const repaired = await shop.settled(image.id, "ready");
    await shop.expectFetchable(repaired);
    expect(await shop.phases(image.productId)).toContain("repair");
    await shop.age(image.id);
    expect(await shop.runAudit(missingObjects)).toMatchObject({ found: 0 });
  });

  it("goes over the whole shop in slices, going on where it stopped", async () => {
    const report = await shop.runAudit(missingObjects, { full: false });
    expect(report.checked).toBeGreaterThan(0);
    expect(report.found).toBe(0);
  });
});

describe("orphan objects", () => {
  it("are counted by a dry run, removed by a repair, and left alone while they are young", async () => {
    const kept = await shop.newReadyPhoto();
    const before = await shop.objects(kept.productId);
    const [product, image] = [randomUUID(), randomUUID()];
    const orphans = [
      `products/${product}/${image}/original-0123456789abcdef.jpg`,
      // Beside what is kept: a folder whose name only begins like one that a row refers to.
      `products/${kept.productId}/${kept.id}0/original-0123456789abcdef.jpg`,
      `products/${kept.productId}/${kept.id}/${kept.thumbnailSignature}/ffffffff/desktop.jpg`,
    ];
    for (const key of orphans) await shop.foundation.store.put(key, await photo(), { contentType: "image/jpeg" });
    expect(await shop.runAudit(orphanObjects)).toMatchObject({ found: 0, repaired: 0 });

    await shop.set(orphanGraceHours, 0);
    expect(await shop.runAudit(orphanObjects, { repair: false })).toMatchObject({ found: 3, repaired: 0 });
    expect(await shop.objects(product)).toHaveLength(1);
    expect(await shop.runAudit(orphanObjects)).toMatchObject({ found: 3, repaired: 3 });
    await shop.set(orphanGraceHours, orphanGraceHours.fallback);
    expect([await shop.objects(product), await shop.objects(kept.productId)]).toEqual([[], before]);
    await shop.expectFetchable(kept);
  });
});

it("replaced thumbnails that browsers may still show are no orphans, however old they are", async () => {
  const before = await shop.newReadyPhoto();
  await shop.ask(admin, "POST", `/v1/images/${before.id}/thumbnails`, 202, { force: true });
  await shop.idle();
  const after = await shop.settled(before.id, "ready");
  expect(after.thumbnailUrl).not.toBe(before.thumbnailUrl);
  await shop.set(orphanGraceHours, 0);
  expect(await shop.runAudit(orphanObjects)).toMatchObject({ found: 0 });
  await shop.set(orphanGraceHours, orphanGraceHours.fallback);
  await shop.expectFetchable(before);
  await shop.expectFetchable(after);
});

describe("a new recipe", () => {
  const newRecipe = async (version: string) => {
    await shop.sql.rows("select catalog.set_recipe_version($1)", [version]);
  };
  /** As one that another version of the server made: of the same bytes, by another recipe. */
  const makeStale = async (imageId: string) =>
    shop.pastTriggers(
      "update catalog.product_images set thumbnail_signature = left(sha256, 16) || '.0' where id = $1",
      [imageId],
    );

  it("only counts what is stale where signatures are not enforced", async () => {
    const { id } = await shop.newReadyPhoto();
    await makeStale(id);
    await shop.set(signatureEnforcement, false);
    expect(await shop.runAudit(staleThumbnails)).toMatchObject({ found: 1, repaired: 0 });
    await shop.set(signatureEnforcement, signatureEnforcement.fallback);
    expect(await shop.runAudit(staleThumbnails, { repair: false })).toMatchObject({ found: 1, repaired: 0 });
    expect((await shop.image(id)).thumbnailSignature).toMatch(/\.0$/);
    expect(await shop.runAudit(staleThumbnails)).toMatchObject({ found: 1, repaired: 1 });
    await shop.idle();
    await shop.settled(id, "ready");
  });

  it("renews them, and serves the old ones until the new are there, and for the grace time", async () => {
    const before = await shop.newReadyPhoto();
    await makeStale(before.id);
    await shop.runAudit(staleThumbnails);
    await shop.idle();
    const after = await shop.settled(before.id, "ready");
    expect(after.thumbnailSignature).toBe(before.thumbnailSignature);
    expect(after.thumbnailUrl).not.toBe(before.thumbnailUrl);
    await shop.expectFetchable(before);
    await shop.expectFetchable(after);
    expect((await shop.sql.events(before.productId)).at(-1)).toMatchObject({
      phase: "thumbnails_ready",
      staleDetected: true,
      previousSignature: expect.stringMatching(/\.0$/),
      newSignature: after.thumbnailSignature,
    });
    expect(await shop.runAudit(staleThumbnails)).toMatchObject({ found: 0 });
  });

  it("makes every photo stale, and none twice", async () => {
    const { thumbnailSignature } = await shop.newReadyPhoto();
    const recipe = thumbnailSignature?.split(".")[1] ?? "";
    await newRecipe("another");
    const { found } = await shop.runAudit(staleThumbnails, { repair: false });
    const ready = await shop.sql.value<number>(
      "select count(*)::int as value from catalog.product_images where thumbnail_state = 'ready'",
    );
    expect(found).toBe(ready);
    await newRecipe(recipe);
    expect(await shop.runAudit(staleThumbnails)).toMatchObject({ found: 0 });
  });

  it("once the grace time is over, the old objects go and the new ones stay", async () => {
    await shop.set(purgeGraceSeconds, 0);
    const before = await shop.newReadyPhoto();
    await makeStale(before.id);
    await shop.runAudit(staleThumbnails);
    const after = await eventually("the old thumbnails to be purged", async () => {
      const image = await shop.image(before.id);
      return image.thumbnailUrl !== before.thumbnailUrl && (await shop.objects(before.productId)).length === 5 && image;
    });
    await shop.set(purgeGraceSeconds, purgeGraceSeconds.fallback);
    await shop.expectFetchable(after);
    expect((await shop.app.app.request(before.thumbnailUrl ?? "")).status).toBe(404);
  });
});
