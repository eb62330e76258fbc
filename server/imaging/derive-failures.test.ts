import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveVariants } from "./derive.ts";
import { ImageError } from "./image-error.ts";
import { photoLike } from "./photo.testing.ts";
import { pngDeclaring } from "./png.testing.ts";
import { type VariantBox, variants } from "./variants.ts";

const options = { pixelsMax: 50_000_000 };

let photo: Sharp;
let jpeg: Buffer;

beforeAll(async () => {
  photo = await photoLike(800, 600);
  jpeg = await photo.clone().jpeg().toBuffer();
});

describe("incomplete and damaged files", () => {
  it.each([
    ["JPEG", () => photo.clone().jpeg()],
    ["progressive JPEG", () => photo.clone().jpeg({ progressive: true })],
    ["PNG", () => photo.clone().png()],
    ["interlaced PNG", () => photo.clone().png({ progressive: true })],
    ["WebP", () => photo.clone().webp()],
    ["AVIF", () => photo.clone().avif({ effort: 0 })],
    ["GIF", () => photo.clone().gif({ effort: 1 })],
  ] as const)("a %s that breaks off is an invalid image, wherever it does", async (_name, encode) => {
    const whole = await encode().toBuffer();
    for (const share of [0.3, 0.7, 0.98]) {
      const part = whole.subarray(0, Math.floor(whole.length * share));
      await expect(deriveVariants(part, options)).rejects.toMatchObject({ code: "INVALID_IMAGE", retryable: false });
    }
  });

  it("a JPEG whose pixels are overwritten is an invalid image", async () => {
    const damaged = Buffer.from(jpeg);
    damaged.fill(0xff, jpeg.length / 2, jpeg.length / 2 + 400);
    for (let at = jpeg.length / 2; at < jpeg.length / 2 + 400; at += 2) damaged[Math.floor(at)] = 0xd9;
    await expect(deriveVariants(damaged, options)).rejects.toMatchObject({ code: "INVALID_IMAGE" });
  });

  it("what an image library says never reaches the sentence for the uploader", async () => {
    const error = await deriveVariants(jpeg.subarray(0, jpeg.length / 2), options).catch((reason: unknown) => reason);
    if (!(error instanceof ImageError)) throw new Error("Nothing was refused.");
    expect(error.detail).toBe("This JPEG picture is incomplete: it breaks off before its end.");
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe("harmless oddities of cameras", () => {
  it("a wrong SOS parameter, as some phones write, is drawn", async () => {
    const odd = Buffer.from(jpeg);
    const scan = odd.indexOf(Buffer.from([0xff, 0xda]));
    odd[scan + 12] = 0;
    expect((await deriveVariants(odd, options)).variants).toHaveLength(4);
  });

  it("bytes after the picture's end are left alone", async () => {
    const odd = Buffer.concat([jpeg, Buffer.alloc(5000, 7)]);
    expect((await deriveVariants(odd, options)).variants).toEqual((await deriveVariants(jpeg, options)).variants);
  });
});

describe("bounds", () => {
  it("a bomb is refused before it is decoded", async () => {
    await expect(deriveVariants(pngDeclaring(50_000, 50_000), options)).rejects.toMatchObject({
      code: "IMAGE_TOO_MANY_PIXELS",
    });
  });

  it("an SVG never reaches the decoder", async () => {
    await expect(deriveVariants(Buffer.from("<svg width='9' height='9'/>"), options)).rejects.toMatchObject({
      code: "UNSUPPORTED_IMAGE_TYPE",
    });
  });

  it("an aborted caller gets its own reason at once, also in the middle of the work", async () => {
    const reason = new Error("no longer wanted");
    await expect(deriveVariants(jpeg, { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const stop = new AbortController();
    const work = deriveVariants(jpeg, { ...options, signal: stop.signal });
    setImmediate(() => stop.abort(reason));
    await expect(work).rejects.toBe(reason);
  });

  it("a photo that takes longer than allowed fails, and may be tried again", async () => {
    const slow = await sharp({ create: { width: 6000, height: 5000, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    await expect(deriveVariants(slow, { ...options, timeoutMs: 1 })).rejects.toMatchObject({
      code: "VARIANT_FAILED",
      retryable: true,
    });
  });
});

describe("a variant that cannot be drawn", () => {
  /** JPEG has at most 65,535 pixels a side. */
  const impossible = (name: VariantBox["name"]): VariantBox => ({ name, width: 70_000, height: 10 });

  it("is told among the failures, and the others are there", async () => {
    const derived = await deriveVariants(jpeg, { ...options, variants: [impossible("mobile"), variants[3]] });
    expect(derived.variants.map(({ name }) => name)).toEqual(["desktop"]);
    expect(derived.failures).toEqual([{ name: "mobile", reason: 'The thumbnail "mobile" could not be drawn.' }]);
  });

  it("fails the photo when it is desktop, or when none is left", async () => {
    for (const table of [[variants[0], impossible("desktop")], [impossible("mobile")]]) {
      await expect(deriveVariants(jpeg, { ...options, variants: table })).rejects.toMatchObject({
        code: "VARIANT_FAILED",
      });
    }
  });
});
