import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { admin, bodyOf, type FormPart, openShop, photo, problemOf, type Shop } from "../catalog.testing.ts";
import type { Image, Product } from "../schemas.ts";
import { bytesMax, pixelsMax } from "../settings.ts";

let shop: Shop;
let product: Product;
let path: string;

beforeAll(async () => {
  shop = await openShop({ background: false });
  product = await shop.newProduct();
  path = `/v1/products/${product.id}/images`;
});
afterAll(() => shop.close());

/** Whatever was refused, nothing of it is left: no row, no object, no file where uploads arrive. */
async function expectNothingKept(): Promise<void> {
  expect(await shop.productImages(product.id)).toEqual([]);
  expect(await shop.objects(product.id)).toEqual([]);
  expect(await shop.arriving()).toEqual([]);
}

const send = (...parts: (readonly [string, FormPart])[]) => shop.send(admin, "POST", path, parts);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypisom\0\0\0\0isomiso2"), Buffer.alloc(5000)]);

describe("what is refused", () => {
  afterEach(expectNothingKept);

  it.each([
    ["an SVG drawing", Buffer.from(svg)],
    ["an HTML page", Buffer.from("<!doctype html><body>hello")],
    ["a text", Buffer.from("just words")],
    ["a video", mp4],
    ["a ZIP archive", Buffer.from("PK\x03\x04 and so on")],
    ["a PDF document", Buffer.from("%PDF-1.7 and so on")],
    ["an empty file", Buffer.alloc(0)],
  ])("%s is named, though it is called photo.jpg and said to be a JPEG", async (name, bytes) => {
    const problem = await problemOf(await send(["file", { bytes, name: "photo.jpg" }]), 415, "UNSUPPORTED_IMAGE_TYPE");
    expect(problem.detail).toContain(name);
  });

  it.each([
    ["a JPEG of which only the first bytes are there", async () => (await photo()).subarray(0, 12)],
    ["noise after the first bytes of a PNG", async () => Buffer.from("\x89PNG\r\n\x1a\n and then noise", "latin1")],
  ])("%s is damaged", async (_what, bytes) => {
    await problemOf(await send(["file", await bytes()]), 422, "INVALID_IMAGE");
  });

  it("too many pixels are told by the header alone", async () => {
    await shop.set(pixelsMax, 10_000);
    await problemOf(await send(["file", await photo("png", 101, 100)]), 422, "IMAGE_TOO_MANY_PIXELS");
    await shop.set(pixelsMax, pixelsMax.fallback);
  });

  it("a file that is too large is refused at the byte that shows it", async () => {
    await shop.set(bytesMax, 1024 * 1024);
    const head = await photo();
    const boundary = "x";
    let sentBytes = 0;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const open = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n`;
        controller.enqueue(Buffer.concat([Buffer.from(open), head]));
      },
      // Without an end: only the refusal can stop it.
      pull: (controller) => {
        sentBytes += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const answer = await shop.app.app.request(
      new Request(`http://localhost${path}`, {
        method: "POST",
        body,
        duplex: "half",
        headers: {
          authorization: `Bearer ${await shop.app.tokenFor(admin)}`,
          "content-type": `multipart/form-data; boundary=${boundary}`,
        },
      }),
    );
    await problemOf(answer, 413, "PAYLOAD_TOO_LARGE");
    expect(sentBytes).toBeLessThan(4 * 1024 * 1024);
    await shop.set(bytesMax, bytesMax.fallback);
  });

  it.each<readonly [string, number, string, () => Promise<readonly (readonly [string, FormPart])[]>]>([
    [
      "two files",
      400,
      "VALIDATION_FAILED",
      async () => [
        ["file", await photo()],
        ["file", await photo()],
      ],
    ],
    ["no file", 400, "VALIDATION_FAILED", async () => [["alt", "words"]]],
    ["a file in another field", 400, "VALIDATION_FAILED", async () => [["picture", await photo()]]],
    ["a text in the file's place", 400, "VALIDATION_FAILED", async () => [["file", "words"]]],
    [
      "an alt of 1,001 characters",
      400,
      "VALIDATION_FAILED",
      async () => [
        ["file", await photo()],
        ["alt", "x".repeat(1001)],
      ],
    ],
    [
      "a field of 300 kB",
      413,
      "PAYLOAD_TOO_LARGE",
      async () => [
        ["file", await photo()],
        ["alt", "x".repeat(300_000)],
      ],
    ],
    [
      "an alt with a NUL",
      400,
      "VALIDATION_FAILED",
      async () => [
        ["file", await photo()],
        ["alt", "a\0b"],
      ],
    ],
  ])("%s is %i %s", async (_what, status, code, parts) => {
    await problemOf(await shop.send(admin, "POST", path, await parts()), status, code);
  });

  it.each([
    ["no boundary", "multipart/form-data", 400],
    ["JSON", "application/json", 415],
    ["no content type", "", 415],
  ])("%s is %s: %i", async (_what, type, status) => {
    const authorization = `Bearer ${await shop.app.tokenFor(admin)}`;
    const headers = { authorization, ...(type !== "" && { "content-type": type }) };
    const answer = await shop.app.app.request(path, { method: "POST", headers, body: new Uint8Array([123, 125]) });
    await problemOf(answer, status, status === 415 ? "UNSUPPORTED_MEDIA_TYPE" : "VALIDATION_FAILED");
  });

  it("a product that is not there, or deleted, takes no photo", async () => {
    const parts = async () => [["file", await photo()]] as const;
    const elsewhere = (id: string) => `/v1/products/${id}/images`;
    await problemOf(await shop.send(admin, "POST", elsewhere(randomUUID()), await parts()), 404, "NOT_FOUND");
    await problemOf(await shop.send(admin, "POST", elsewhere("x"), await parts()), 400, "VALIDATION_FAILED");
    const deleted = await shop.newProduct();
    await shop.ask(admin, "DELETE", `/v1/products/${deleted.id}`, 204);
    await problemOf(await shop.send(admin, "POST", elsewhere(deleted.id), await parts()), 404, "NOT_FOUND");
    expect(await shop.objects(deleted.id)).toEqual([]);
  });
});

describe("what is accepted", () => {
  it.each(["jpeg", "png", "webp", "avif", "gif"] as const)("%s, by its bytes, not by its name", async (format) => {
    const own = await shop.newProduct();
    const bytes = await photo(format, 70, 50);
    const file = { bytes, name: "../../etc/passwd.exe" };
    const answer = await shop.send(admin, "POST", `/v1/products/${own.id}/images`, [
      ["file", file],
      ["alt", "Café"],
    ]);
    expect(answer.headers.get("location")).toMatch(/^\/v1\/images\/[0-9a-f-]{36}$/);
    const { image, images } = (await bodyOf(answer, 201)) as { image: Image; images: Image[] };
    const stated = { mimeType: `image/${format}`, width: 70, height: 50, sizeBytes: bytes.length, alt: "Café" };
    expect(image).toMatchObject({ ...stated, position: 0, isMain: true, thumbnailState: "uploaded", thumbnails: null });
    expect(images).toEqual([image]);
    const original = await shop.app.app.request(image.url);
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
    expect(await shop.arriving()).toEqual([]);
  });

  it("at most 200 photos a product, so that one request can always order them", async () => {
    const full = await shop.newProduct();
    await shop.sql.insertMany(full.id, 200);
    const answer = await shop.send(admin, "POST", `/v1/products/${full.id}/images`, [["file", await photo()]]);
    await problemOf(answer, 409, "CONFLICT");
    expect(await shop.objects(full.id)).toEqual([]);
  });
});

describe("Idempotency-Key", () => {
  const post = async (target: Product, bytes: Uint8Array, key: string) =>
    shop.send(admin, "POST", `/v1/products/${target.id}/images`, [["file", bytes]], { "idempotency-key": key });

  it("the same key and file give the same answer and one photo", async () => {
    const own = await shop.newProduct();
    const [bytes, key] = [await photo(), randomUUID()];
    const first = await post(own, bytes, key);
    const again = await post(own, bytes, key);
    expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
    expect(await again.text()).toBe(await first.text());
    expect(await shop.productImages(own.id)).toHaveLength(1);
    expect(await shop.objects(own.id)).toHaveLength(1);
  });

  it("the same key with another file is refused, and nothing of the file stays", async () => {
    const own = await shop.newProduct();
    const key = randomUUID();
    await bodyOf(await post(own, await photo(), key), 201);
    await problemOf(await post(own, await photo(), key), 422, "IDEMPOTENCY_KEY_REUSED");
    expect(await shop.objects(own.id)).toHaveLength(1);
  });

  it("ten at once make one photo and one object", async () => {
    const own = await shop.newProduct();
    const [bytes, key] = [await photo(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(own, bytes, key)));
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual(
      answers.some(({ status }) => status === 409) ? [201, 409] : [201],
    );
    const bodies = await Promise.all(answers.filter(({ status }) => status === 201).map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(await shop.productImages(own.id)).toHaveLength(1);
    expect(await shop.objects(own.id)).toHaveLength(1);
  });
});

it("a product's id in capitals is the same product, in the keys of its objects too", async () => {
  const own = await shop.newProduct();
  const path = `/v1/products/${own.id.toUpperCase()}/images`;
  await bodyOf(await shop.send(admin, "POST", path, [["file", await photo()]]), 201);
  expect(await shop.objects(own.id)).toHaveLength(1);
});

it("the original's address holds ids that nobody can guess, and its hash", async () => {
  const own = await shop.newProduct();
  const { url, id, sha256 } = await shop.addPhoto(own.id);
  expect(url).toBe(`/media/products/${own.id}/${id}/original-${sha256.slice(0, 16)}.jpg`);
});
