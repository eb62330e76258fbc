import { createHash } from "node:crypto";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { recipeVersion, variants } from "../../imaging/index.ts";
import { admin, bodyOf, eventually, openShop, photo, problemOf, type Shop } from "../catalog.testing.ts";
import type { Image } from "../schemas.ts";
import { webpPolicy } from "../settings.ts";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const starts = (image: { readonly history: readonly { readonly phase: string }[] }) =>
  image.history.filter(({ phase }) => phase === "started").length;

async function replace(productId: string, bytes: Uint8Array, name = "photo.jpg"): Promise<Image> {
  const answer = await shop.send(admin, "PUT", `/v1/products/${productId}/images`, [
    ["order", JSON.stringify([{ file: "main" }])],
    ["main", { bytes, name }],
  ]);
  const [image] = (await bodyOf(answer, 200)).images as Image[];
  if (image === undefined) throw new Error("the replacement has no photo");
  return image;
}

describe("an accepted photo", () => {
  it("has four thumbnails of the sizes agreed, which can be fetched, and says how it came by them", async () => {
    const bytes = await photo("jpeg", 640, 480);
    const image = await shop.newReadyPhoto(bytes);
    expect(image.thumbnailSignature).toBe(`${sha256(bytes).slice(0, 16)}.${recipeVersion}`);
    expect(image.thumbnailUrl).toBe(image.thumbnails?.desktop);
    expect(image.job).toMatchObject({ status: "success", attempts: 1, errorCode: null, lastError: null });
    expect(image.history.map(({ phase }) => phase)).toEqual(["queued", "base_insert", "started", "thumbnails_ready"]);
    for (const { name, width, height } of variants) {
      const answer = await shop.app.app.request(String(image.thumbnails?.[name]));
      expect(answer.headers.get("cache-control")).toContain("immutable");
      const made = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect([name, made.format, made.width, made.height]).toEqual([name, "jpeg", width, height]);
    }
  });

  it("is told of twice at most: that it is there, and that it is ready, each with a higher revision", async () => {
    const { id, productId, thumbnails } = await shop.newReadyPhoto();
    const events = await shop.sql.events(productId);
    expect(events).toMatchObject([
      { phase: "base_insert", imageId: id, count: 1 },
      { phase: "thumbnails_ready", imageId: id, thumbnails },
    ]);
    expect(Number(events[1]?.revision)).toBeGreaterThan(Number(events[0]?.revision));
  });

  it("is there before anyone hears of it, so that no early look finds nothing", async () => {
    const stop = new AbortController();
    const answer = await shop.app.app.request("/v1/events?topics=product-images", {
      headers: { authorization: `Bearer ${await shop.app.tokenFor(admin)}` },
      signal: stop.signal,
    });
    const product = await shop.newProduct();
    const uploads = Promise.all(Array.from({ length: 5 }, () => shop.addPhoto(product.id)));
    const heard = new Set<unknown>();
    let text = "";
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: ?(.*)$/m.exec(block)?.[1];
        const event = data === undefined ? null : (JSON.parse(data) as Record<string, unknown>);
        if (event?.productId !== product.id || event.phase !== "base_insert") continue;
        await shop.ask(admin, "GET", `/v1/images/${event.imageId}`, 200);
        heard.add(event.imageId);
      }
      if (heard.size === 5) break;
    }
    stop.abort();
    expect([...heard].sort()).toEqual((await uploads).map(({ id }) => id).sort());
  });

  it("of which the end is missing fails once, with the reason, the original kept and the uploader told", async () => {
    const whole = await photo("png", 300, 200);
    const product = await shop.newProduct();
    const { id } = await shop.addPhoto(product.id, whole.subarray(0, whole.length / 2));
    const failed = await shop.settled(id, "failed");
    expect(failed.job).toMatchObject({ status: "error", errorCode: "INVALID_IMAGE", attempts: 1 });
    await shop.expectFetchable(failed);
    expect(await shop.phases(product.id)).toEqual(["base_insert", "thumbnails_failed"]);
    expect((await shop.sql.events(product.id)).at(-1)).toMatchObject({ imageId: id, reason: "INVALID_IMAGE" });
  });
});

it("twenty-five products in a row: every one has its thumbnails, at the first attempt, none missed", async () => {
  const images = await Promise.all(
    Array.from({ length: 25 }, async () => shop.addPhoto((await shop.newProduct()).id, await photo("jpeg", 400, 300))),
  );
  for (const { id, productId } of images) {
    expect((await shop.settled(id, "ready")).job).toMatchObject({ status: "success", attempts: 1 });
    expect(await shop.phases(productId)).toEqual(["base_insert", "thumbnails_ready"]);
  }
});

describe("a main photo that is replaced", () => {
  it("by other bytes under the same name gets thumbnails of its own", async () => {
    const before = await shop.newReadyPhoto();
    const replaced = await replace(before.productId, await photo(), "photo.jpg");
    expect(replaced).toMatchObject({ position: 0, thumbnailUrl: null, thumbnailState: "uploaded" });
    const after = await shop.settled(replaced.id, "ready");
    expect(after.thumbnailUrl).not.toBe(before.thumbnailUrl);
    expect(after.thumbnailSignature).not.toBe(before.thumbnailSignature);
    const phases = ["base_insert", "thumbnails_ready", "base_insert", "thumbnails_ready"];
    expect(await shop.phases(before.productId)).toEqual(phases);
  });

  it("by the same bytes under another name keeps them: nothing reset, nothing made, nobody told", async () => {
    const bytes = await photo();
    const before = await shop.newReadyPhoto(bytes);
    const replaced = await replace(before.productId, bytes, "another name.png");
    await shop.idle();
    const after = await shop.image(replaced.id);
    expect(after).toEqual(before);
    expect(await shop.phases(before.productId)).toEqual(["base_insert", "thumbnails_ready"]);
    const keys = await eventually("the second original to be purged", async () => {
      const present = await shop.objects(before.productId);
      return present.length === 5 && present;
    });
    expect(keys.filter((key) => key.includes("/original-"))).toHaveLength(1);
    await shop.expectFetchable(after);
  });
});

describe("WebP", () => {
  afterEach(() => shop.set(webpPolicy, webpPolicy.fallback));

  it("is transcoded like any other", async () => {
    const image = await shop.newReadyPhoto(await photo("webp"));
    expect([image.mimeType, image.thumbnailState]).toEqual(["image/webp", "ready"]);
    await shop.expectFetchable(image);
  });

  it("is skipped where the policy says so: told why, and not tried again", async () => {
    await shop.set(webpPolicy, "skip");
    const product = await shop.newProduct();
    const { id } = await shop.addPhoto(product.id, await photo("webp"));
    const image = await shop.settled(id, "skipped");
    expect(image.job).toMatchObject({ status: "skipped", errorCode: "WEBP_SKIPPED", attempts: 1 });
    expect(await shop.phases(product.id)).toEqual(["base_insert", "thumbnails_skipped_webp"]);
    expect((await shop.sql.events(product.id)).at(-1)).toMatchObject({ reason: "WEBP_SKIPPED" });
    await shop.ask(admin, "POST", `/v1/images/${id}/thumbnails`, 200);
    await shop.idle();
    expect([(await shop.image(id)).job?.attempts, await shop.sql.waiting(id)]).toEqual([1, 0]);
    // The shop has changed its mind, and says so.
    await shop.set(webpPolicy, "transcode");
    await shop.ask(admin, "POST", `/v1/images/${id}/thumbnails`, 202, { force: true });
    await shop.settled(id, "ready");
  });
});

describe("asked for by hand", () => {
  it("valid ones are left alone; forced, they are made anew and then served under new addresses", async () => {
    const before = await shop.newReadyPhoto();
    const path = `/v1/images/${before.id}/thumbnails`;
    expect(await shop.ask(admin, "POST", path, 200)).toEqual({ state: "ready", attempts: 1 });
    expect(await shop.ask(admin, "POST", path, 200, { force: false })).toMatchObject({ state: "ready" });
    await shop.ask(admin, "POST", path, 202, { force: true });
    await shop.idle();
    const after = await shop.settled(before.id, "ready");
    expect(starts(after)).toBe(2);
    await shop.expectFetchable(after);
  });

  it("ten tabs at once never have two runs at a time, and all of them an answer", async () => {
    const { id } = await shop.newReadyPhoto();
    const path = `/v1/images/${id}/thumbnails`;
    await Promise.all(Array.from({ length: 10 }, () => shop.ask(admin, "POST", path, 202, { force: true })));
    await shop.idle();
    const after = await shop.settled(id, "ready");
    let atWork = 0;
    for (const { phase } of after.history) {
      if (phase === "started") atWork += 1;
      if (phase === "thumbnails_ready") atWork = 0;
      expect(atWork).toBeLessThanOrEqual(1);
    }
    expect(starts(after)).toBeLessThanOrEqual(4);
    await shop.expectFetchable(after);
  });

  it("a request that is repeated with its key is one request; one that makes no sense is refused", async () => {
    const before = await shop.newReadyPhoto();
    const path = `/v1/images/${before.id}/thumbnails`;
    const key = { "idempotency-key": before.id };
    for (let n = 0; n < 3; n += 1) {
      await shop.ask(admin, "POST", path, 202, { force: true }, key);
      await shop.idle();
    }
    expect(starts(await shop.settled(before.id, "ready"))).toBe(2);
    await problemOf(await shop.app.request(admin, "POST", path, { force: false }, key), 422, "IDEMPOTENCY_KEY_REUSED");
    for (const wrong of [{ force: "yes" }, { faster: true }, []]) {
      await problemOf(await shop.app.request(admin, "POST", path, wrong), 400, "VALIDATION_FAILED");
    }
  });

  it("a photo that is not to have thumbnails gets none, and is not an error", async () => {
    const { productId } = await shop.newReadyPhoto();
    const { id } = await shop.addPhoto(productId);
    expect(await shop.ask(admin, "POST", `/v1/images/${id}/thumbnails`, 200)).toEqual({ state: "none", attempts: 0 });
  });
});

describe("what the columns say is what there is", () => {
  it("an address without desktop in the JSON cannot be written", async () => {
    const { id } = await shop.newReadyPhoto();
    const write = shop.sql.rows(`update catalog.product_images set thumbnails = thumbnails - 'desktop' where id = $1`, [
      id,
    ]);
    await expect(write).rejects.toMatchObject({ code: "23514" });
    await shop.expectFetchable(await shop.image(id));
  });

  it.each([
    ["a variant gone from the JSON", "thumbnails = thumbnails - 'mobile'"],
    ["all of them gone", "thumbnails = null, thumbnail_url = null"],
    ["another signature", "thumbnail_signature = 'abc.1'"],
  ])("%s, by hand, is made good", async (_what, change) => {
    const { id } = await shop.newReadyPhoto();
    await shop.sql.rows(`update catalog.product_images set ${change} where id = $1`, [id]);
    await shop.idle();
    const image = await shop.settled(id, "ready");
    expect(image.thumbnailSignature).toBe(`${image.sha256.slice(0, 16)}.${recipeVersion}`);
    expect(Object.keys(image.thumbnails ?? {}).sort()).toEqual(variants.map(({ name }) => name).sort());
    await shop.expectFetchable(image);
  });

  it("partial ones, of which some size could not be made, are made again until they are ready", async () => {
    const { id, sha256: hash } = await shop.newReadyPhoto();
    const photoRow = await shop.sql.photo(id);
    // As a run leaves it that could make desktop alone; its keys are those of objects that are there.
    await shop.pastTriggers(
      `update catalog.product_images set thumbnail_state = 'uploaded', thumbnails = null, thumbnail_url = null,
        thumbnail_signature = null
      where id = $1`,
      [id],
    );
    const desktop = JSON.stringify({ desktop: photoRow.thumbnails?.desktop });
    await shop.sql.rows("select catalog.set_main_thumbnails($1, $2, $3, $4, null)", [
      id,
      hash,
      `${hash.slice(0, 16)}.${recipeVersion}`,
      desktop,
    ]);
    expect((await shop.image(id)).thumbnailState).toBe("partial");
    const image = await shop.settled(id, "ready");
    expect(await shop.phases(image.productId)).toEqual([
      "base_insert",
      "thumbnails_ready",
      "thumbnails_partial",
      "thumbnails_ready",
    ]);
    await shop.expectFetchable(image);
  });
});
