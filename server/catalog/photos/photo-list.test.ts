import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, bodyOf, type FormPart, openShop, photo, problemOf, type Shop } from "../catalog.testing.ts";
import type { Image } from "../schemas.ts";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ background: false });
});
afterAll(() => shop.close());

const put = (productId: string, order: unknown, files: Readonly<Record<string, FormPart>> = {}, headers = {}) =>
  shop.send(
    admin,
    "PUT",
    `/v1/products/${productId}/images`,
    [["order", typeof order === "string" ? order : JSON.stringify(order)], ...Object.entries(files)],
    headers,
  );
const putOk = async (...request: Parameters<typeof put>) =>
  (await bodyOf(await put(...request), 200)).images as readonly Image[];

const ids = (images: readonly { readonly id: string }[]) => images.map(({ id }) => id);

/** A product with `count` photos, in their order. */
async function withPhotos(count: number): Promise<{ readonly productId: string; readonly images: readonly Image[] }> {
  const { id } = await shop.newProduct();
  for (let made = 0; made < count; made += 1) await shop.addPhoto(id);
  return { productId: id, images: await shop.productImages(id) };
}

describe("appending", () => {
  it("parallel uploads to an empty product get the positions 0 to n, one of them the main photo", async () => {
    const { id } = await shop.newProduct();
    const added = await Promise.all(Array.from({ length: 12 }, () => shop.addPhoto(id)));
    const images = await shop.productImages(id);
    expect(images.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    expect(images.map(({ isMain }) => isMain)).toEqual(images.map((_, n) => n === 0));
    expect(new Set(ids(images))).toEqual(new Set(ids(added)));
    expect(images.map(({ thumbnailState }) => thumbnailState === "uploaded")).toEqual(images.map((_, n) => n === 0));
  });
});

describe("replacing", () => {
  it("keeps, adds, drops and reorders in one change, told once", async () => {
    const { productId, images } = await withPhotos(3);
    const [first, second, third] = ids(images);
    const order = [{ file: "new" }, { id: third }, { id: first }];
    const after = await putOk(productId, order, { new: await photo() });
    expect(ids(after).slice(1)).toEqual([third, first]);
    expect(ids(await shop.productImages(productId))).toEqual(ids(after));
    await problemOf(await shop.app.request(admin, "GET", `/v1/images/${second}`), 404, "NOT_FOUND");
    expect(await shop.phases(productId)).toEqual(Array.from({ length: 4 }, () => "base_insert"));
  });

  it("takes a text for each new photo, and an empty list", async () => {
    const { productId } = await withPhotos(1);
    const files = { a: await photo("png"), b: await photo("gif") };
    const images = await putOk(productId, [{ file: "b", alt: "Dos" }, { file: "a" }], files);
    expect(images.map(({ mimeType, alt }) => [mimeType, alt])).toEqual([
      ["image/gif", "Dos"],
      ["image/png", ""],
    ]);
    expect(await putOk(productId, [])).toEqual([]);
  });

  it("repeated, with the same key or without, makes nothing twice", async () => {
    const { id } = await shop.newProduct();
    const files = { a: await photo() };
    const key = { "idempotency-key": randomUUID() };
    const first = await putOk(id, [{ file: "a" }], files, key);
    expect(await putOk(id, [{ file: "a" }], files, key)).toEqual(first);
    expect(ids(await putOk(id, [{ file: "a" }], files))).toEqual(ids(first));
    expect(await shop.phases(id)).toEqual(["base_insert"]);
    const other = { a: await photo() };
    await problemOf(await put(id, [{ file: "a" }], other, key), 422, "IDEMPOTENCY_KEY_REUSED");
  });

  it.each<readonly [string, (own: string) => unknown, readonly string[]]>([
    ["a file that was not sent", () => [{ file: "a" }], []],
    ["a file that was sent and not named", () => [], ["a"]],
    ["a file twice", () => [{ file: "a" }, { file: "a" }], ["a"]],
    ["a photo twice", (own) => [{ id: own }, { id: own }], []],
    ["a photo of another product", () => [{ id: randomUUID() }], []],
    ["something that is no JSON", () => "[{", []],
    ["an object", () => ({}), []],
    ["an entry with both", (own) => [{ id: own, file: "a" }], ["a"]],
    ["201 entries", () => Array.from({ length: 201 }, () => ({ id: randomUUID() })), []],
  ])("an order with %s is refused, and nothing changes", async (_what, order, names) => {
    const { productId, images } = await withPhotos(1);
    const files = await Promise.all(names.map(async (name) => [name, await photo()] as const));
    const answer = await put(productId, order(ids(images)[0] ?? ""), Object.fromEntries(files));
    await problemOf(answer, 400, "VALIDATION_FAILED");
    expect(ids(await shop.productImages(productId))).toEqual(ids(images));
    expect(await shop.objects(productId)).toHaveLength(1);
    expect(await shop.arriving()).toEqual([]);
  });

  it("with one bad file among good ones changes nothing", async () => {
    const { productId, images } = await withPhotos(1);
    const files = { a: await photo(), b: Buffer.from("<svg></svg>"), c: await photo() };
    const answer = await put(productId, [{ file: "a" }, { file: "b" }, { file: "c" }], files);
    await problemOf(answer, 415, "UNSUPPORTED_IMAGE_TYPE");
    const damaged = { a: await photo(), b: (await photo()).subarray(0, 20) };
    await problemOf(await put(productId, [{ file: "a" }, { file: "b" }], damaged), 422, "INVALID_IMAGE");
    expect(ids(await shop.productImages(productId))).toEqual(ids(images));
    expect([await shop.objects(productId), await shop.arriving()]).toEqual([[expect.any(String)], []]);
  });

  it("without an order, or of a product that is not there, is refused", async () => {
    const { id } = await shop.newProduct();
    const path = `/v1/products/${id}/images`;
    await problemOf(await shop.send(admin, "PUT", path, [["a", await photo()]]), 400, "VALIDATION_FAILED");
    await problemOf(await put(randomUUID(), []), 404, "NOT_FOUND");
  });
});

describe("reordering", () => {
  const reorder = (productId: string, body: unknown, headers = {}) =>
    shop.app.request(admin, "PATCH", `/v1/products/${productId}/images/order`, body, headers);

  it("puts the first one in the main photo's place, once for a key", async () => {
    const { productId, images } = await withPhotos(3);
    const wanted = [...ids(images)].reverse();
    const key = { "idempotency-key": randomUUID() };
    const first = await bodyOf(await reorder(productId, { ids: wanted }, key), 200);
    expect(ids(first.images as Image[])).toEqual(wanted);
    expect((first.images as Image[]).map(({ thumbnailState }) => thumbnailState)).toEqual(["uploaded", "none", "none"]);
    expect(await bodyOf(await reorder(productId, { ids: wanted }, key), 200)).toEqual(first);
    expect((await shop.phases(productId)).length).toBe(4);
  });

  it("an order that is not that of the photos there are now is a conflict", async () => {
    const { productId, images } = await withPhotos(2);
    for (const wanted of [[], ids(images).slice(1), [...ids(images), randomUUID()]]) {
      await problemOf(await reorder(productId, { ids: wanted }), 409, "CONFLICT");
    }
    await problemOf(await reorder(productId, { ids: ["x"] }), 400, "VALIDATION_FAILED");
    await problemOf(await reorder(productId, {}), 400, "VALIDATION_FAILED");
    await problemOf(await reorder(randomUUID(), { ids: [] }), 404, "NOT_FOUND");
    expect(ids(await shop.productImages(productId))).toEqual(ids(images));
  });
});

describe("one photo", () => {
  it("is described, which is told by the product's revision and leaves its thumbnails alone", async () => {
    const { productId, images } = await withPhotos(1);
    const path = `/v1/images/${images[0]?.id}`;
    const before = await shop.ask(admin, "GET", `/v1/products/${productId}`, 200);
    const change = { alt: "Una galleta", focalX: 0.25, focalY: 1 };
    expect(await shop.ask(admin, "PATCH", path, 200, change)).toMatchObject({
      ...images[0],
      ...change,
      updatedAt: expect.any(String),
    });
    expect(await shop.ask(admin, "PATCH", path, 200, { alt: "" })).toMatchObject({ alt: "", focalX: 0.25 });
    const after = await shop.ask(admin, "GET", `/v1/products/${productId}`, 200);
    expect(Number(after.imagesRevision)).toBe(Number(before.imagesRevision) + 2);
    for (const wrong of [{ focalX: 1.1 }, { alt: "x".repeat(1001) }, { alt: "a\0b" }, { position: 1 }]) {
      await problemOf(await shop.app.request(admin, "PATCH", path, wrong), 400, "VALIDATION_FAILED");
    }
    await problemOf(await shop.app.request(admin, "PATCH", `/v1/images/${randomUUID()}`, {}), 404, "NOT_FOUND");
  });

  it("is removed, once: the next one becomes the main photo", async () => {
    const { productId, images } = await withPhotos(3);
    const [first, second, third] = ids(images);
    const key = { "idempotency-key": randomUUID() };
    const remove = () => shop.ask(admin, "DELETE", `/v1/images/${first}`, 200, undefined, key);
    const left = (await remove()).images as Image[];
    expect(left.map(({ id, position, isMain }) => [id, position, isMain])).toEqual([
      [second, 0, true],
      [third, 1, false],
    ]);
    expect((await remove()).images).toEqual(left);
    await problemOf(await shop.app.request(admin, "DELETE", `/v1/images/${first}`), 404, "NOT_FOUND");
    expect(ids(await shop.productImages(productId))).toEqual([second, third]);
  });
});
