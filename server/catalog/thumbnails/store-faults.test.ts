import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type S3Server, startS3Server } from "../../testing/s3-server.ts";
import { missingObjects } from "../audits/missing-objects.ts";
import { admin, eventually, openShop, photo, problemOf, type Shop } from "../catalog.testing.ts";

let s3: S3Server;
let shop: Shop;

beforeAll(async () => {
  s3 = await startS3Server();
  shop = await openShop({ s3 });
});
afterAll(async () => {
  await shop.close();
  await s3.close();
});
afterEach(() => s3.faults.clear());

const force = (imageId: string) => shop.ask(admin, "POST", `/v1/images/${imageId}/thumbnails`, 202, { force: true });
const append = async (productId: string) =>
  shop.send(admin, "POST", `/v1/products/${productId}/images`, [["file", await photo()]]);

describe("a store with a hiccup", () => {
  it("is asked again at once: the upload and the thumbnails do not notice", async () => {
    s3.faults.fail({ times: 2 });
    const { id } = await shop.newReadyPhoto();
    s3.faults.fail({ times: 2 });
    await force(id);
    await shop.idle();
    const image = await shop.settled(id, "ready");
    expect(image.job).toMatchObject({ status: "success", attempts: 1 });
    await shop.expectFetchable(image);
  });

  it("that says yes and keeps nothing is not believed: no address ever leads nowhere", async () => {
    s3.faults.lose({ times: 2 });
    const { id } = await shop.newReadyPhoto();
    s3.faults.lose({ times: 5 });
    await force(id);
    await shop.idle();
    const image = await shop.settled(id, "ready");
    expect(image.history.filter(({ phase }) => phase === "started")).toHaveLength(2);
    await shop.expectFetchable(image);
  });

  it("that cuts the original off half way is read again", async () => {
    const { id } = await shop.newReadyPhoto();
    s3.faults.cut({ times: 2, operations: ["GetObject"] });
    await force(id);
    await shop.idle();
    expect((await shop.settled(id, "ready")).job).toMatchObject({ status: "success", errorCode: null });
  });
});

describe("a store that is away for longer", () => {
  it("refuses an upload with 503 and when to come back, and keeps nothing of it", async () => {
    const product = await shop.newProduct();
    s3.faults.fail({ operations: ["PutObject"] });
    const answer = await append(product.id);
    expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    await problemOf(answer, 503, "SERVICE_UNAVAILABLE");
    s3.faults.clear();
    expect([await shop.productImages(product.id), await shop.objects(product.id)]).toEqual([[], []]);
    expect(await shop.arriving()).toEqual([]);
  });

  it("leaves the photo waiting for its next try, which the queue makes by itself", async () => {
    const product = await shop.newProduct();
    s3.faults.fail({ operations: ["GetObject"], times: 4 });
    const { id } = await shop.addPhoto(product.id);
    const image = await shop.settled(id, "ready");
    expect(image.job).toMatchObject({ status: "success", attempts: 2, errorCode: null });
    expect(image.history.map(({ phase, reason }) => [phase, reason])).toEqual([
      ["queued", "NEW"],
      ["base_insert", null],
      ["started", null],
      ["retry_scheduled", "STORE_UNAVAILABLE"],
      ["started", null],
      ["thumbnails_ready", null],
    ]);
    expect(await shop.phases(product.id)).toEqual(["base_insert", "thumbnails_ready"]);
    await shop.expectFetchable(image);
  });

  it("cannot be asked what is missing, and says so", async () => {
    const { id } = await shop.newReadyPhoto();
    s3.faults.fail({ operations: ["HeadObject"] });
    await problemOf(await shop.app.request(admin, "POST", `/v1/images/${id}/repair`), 503, "SERVICE_UNAVAILABLE");
  });

  it("is no reason to say of a photo that it is not there", async () => {
    const { url } = await shop.newReadyPhoto();
    s3.faults.fail();
    await problemOf(await shop.app.app.request(url), 503, "SERVICE_UNAVAILABLE");
  });

  it("leaves no variants of the try that failed behind", async () => {
    const { id, productId } = await shop.newReadyPhoto();
    const before = await shop.objects(productId);
    s3.faults.fail({ operations: ["HeadObject"] });
    await force(id);
    await shop.settled(id, "retry_scheduled");
    s3.faults.clear();
    expect(await shop.objects(productId)).toEqual(before);
    await shop.expectFetchable(await shop.image(id));
  });
});

describe("a lost original", () => {
  it("is a named failure at once, an incident for a person, and mended when it is back", async () => {
    const image = await shop.newReadyPhoto();
    const { original_key: key } = await shop.sql.photo(image.id);
    const original = s3.objects.get(key);
    if (original === undefined) throw new Error("the original is not in the bucket");
    const incident = `original-missing:${image.id}`;

    s3.objects.delete(key);
    await force(image.id);
    const failed = await shop.settled(image.id, "failed");
    expect(failed.job).toMatchObject({ status: "error", errorCode: "SOURCE_MISSING", attempts: 1 });
    expect(failed.thumbnails).toEqual(image.thumbnails);
    await shop.age(image.id);
    const looked = await shop.runAudit(missingObjects, { repair: false });
    expect([looked.found, await shop.incident(incident)]).toEqual([1, undefined]);
    await shop.runAudit(missingObjects);
    await shop.runAudit(missingObjects);
    expect(await shop.incident(incident)).toEqual({ state: "open", count: 2 });

    s3.objects.set(key, original);
    await shop.runAudit(missingObjects);
    expect(await shop.incident(incident)).toMatchObject({ state: "resolved" });
    await shop.expectFetchable(await shop.settled(image.id, "ready"));
  });

  it("of which only the row is left cannot be repaired by asking", async () => {
    const image = await shop.newReadyPhoto();
    for (const key of await shop.objects(image.productId)) s3.objects.delete(key);
    await problemOf(await shop.app.request(admin, "POST", `/v1/images/${image.id}/repair`), 409, "CONFLICT");
  });

  it("is no incident any more when its photo has gone", async () => {
    const image = await shop.newReadyPhoto();
    s3.objects.delete((await shop.sql.photo(image.id)).original_key);
    await shop.age(image.id);
    await shop.runAudit(missingObjects);
    expect(await shop.incident(`original-missing:${image.id}`)).toMatchObject({ state: "open" });
    await shop.ask(admin, "DELETE", `/v1/images/${image.id}`, 200);
    await shop.runAudit(missingObjects);
    expect(await shop.incident(`original-missing:${image.id}`)).toMatchObject({ state: "resolved" });
  });
});

it("a deleted photo's objects go, also when the store is away at first", async () => {
  const { id, productId } = await shop.newReadyPhoto();
  s3.faults.fail({ operations: ["DeleteObject", "DeleteObjects"], times: 2 });
  await shop.ask(admin, "DELETE", `/v1/images/${id}`, 200);
  await eventually("its objects to go", async () => (await shop.objects(productId)).length === 0);
});
