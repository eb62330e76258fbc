import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveVariants } from "./derive.ts";
import type { VariantName } from "./index.ts";
import { photoLike } from "./photo.testing.ts";
import { type ComparedPicture, meanDifference, ssim } from "./ssim.testing.ts";
import { variants } from "./variants.ts";

const options = { pixelsMax: 50_000_000 };
const width = 900;
const height = 700;

let photo: Sharp;
let upright: Buffer;

beforeAll(async () => {
  photo = await photoLike(width, height);
  upright = await photo.clone().png().toBuffer();
});

async function pixelsOf(picture: Sharp): Promise<ComparedPicture> {
  const { data, info } = await picture.toColourspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

async function drawn(file: Buffer, name: VariantName = "desktop"): Promise<ComparedPicture> {
  const { variants: made } = await deriveVariants(file, options);
  const variant = made.find((one) => one.name === name);
  if (!variant) throw new Error(`${name} was not drawn.`);
  return pixelsOf(sharp(variant.bytes));
}

function pixel(picture: ComparedPicture, x: number, y: number): number[] {
  return [...picture.pixels.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3)];
}

/** What the desktop thumbnail of the test photo should look like: one resize of the pixels themselves, unencoded. */
function expected(box: { width: number; height: number } = { width: 320, height: 260 }): Promise<ComparedPicture> {
  return pixelsOf(photo.clone().resize({ ...box, fit: "contain", background: "white" }));
}

describe("thumbnails", () => {
  it("are the four of the table, in their sizes, as JPEG, with the photo's size and a placeholder", async () => {
    const derived = await deriveVariants(upright, options);
    expect(derived).toMatchObject({ width, height, failures: [] });
    expect(derived.variants.map(({ name }) => name)).toEqual(["minithumb", "mobile", "tablet", "desktop"]);
    for (const [index, variant] of derived.variants.entries()) {
      expect(await sharp(variant.bytes).metadata()).toMatchObject({
        format: "jpeg",
        width: variants[index]?.width,
        height: variants[index]?.height,
        space: "srgb",
      });
      expect(variant.sizeBytes).toBe(variant.bytes.length);
    }
    expect(Buffer.from(derived.placeholder, "base64").length).toBeGreaterThan(10);
    expect(derived.placeholder.length).toBeLessThan(48);
  });

  it.each([
    ["PNG", () => photo.clone().png()],
    ["JPEG", () => photo.clone().jpeg({ quality: 98 })],
    ["progressive JPEG", () => photo.clone().jpeg({ quality: 98, progressive: true })],
    ["lossless WebP", () => photo.clone().webp({ lossless: true, effort: 0 })],
    ["AVIF", () => photo.clone().avif({ quality: 90, effort: 0 })],
  ] as const)("of a %s are as good as one resize of its pixels", async (_name, encode) => {
    const derived = await deriveVariants(await encode().toBuffer(), options);
    for (const variant of derived.variants) {
      expect(ssim(await pixelsOf(sharp(variant.bytes)), await expected(variant))).toBeGreaterThan(0.97);
    }
  });

  it("of a JPEG that is shrunk while it is decoded keep SSIM 0.98", async () => {
    const large = await photoLike(1363, 1113);
    const derived = await deriveVariants(await large.clone().jpeg({ quality: 90 }).toBuffer(), options);
    for (const variant of derived.variants) {
      const { width, height } = variant;
      const direct = await pixelsOf(large.clone().resize({ width, height, fit: "contain", background: "white" }));
      expect(ssim(await pixelsOf(sharp(variant.bytes)), direct)).toBeGreaterThan(0.98);
    }
  });

  it("are the same bytes for the same file, also when drawn side by side", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => deriveVariants(upright, options)));
    for (const run of runs) expect(run).toEqual(runs[0]);
  });

  it("can be drawn for a part of the table", async () => {
    const whole = await deriveVariants(upright, options);
    const part = await deriveVariants(upright, { ...options, variants: variants.slice(0, 2) });
    expect(part.variants).toEqual(whole.variants.slice(0, 2));
  });
});

describe("orientation", () => {
  /** What has to be done to an upright picture so that the EXIF orientation undoes it. */
  const undoing: Record<number, (picture: Sharp) => Sharp> = {
    1: (picture) => picture,
    2: (picture) => picture.flop(),
    3: (picture) => picture.rotate(180),
    4: (picture) => picture.flip(),
    5: (picture) => picture.rotate(270).flop(),
    6: (picture) => picture.rotate(270),
    7: (picture) => picture.rotate(90).flop(),
    8: (picture) => picture.rotate(90),
  };

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("%i gives the same picture", async (orientation) => {
    const turned = await (undoing[orientation]?.(sharp(upright)) ?? sharp(upright)).png().toBuffer();
    const file = await sharp(turned).withMetadata({ orientation }).jpeg({ quality: 96 }).toBuffer();
    const derived = await deriveVariants(file, options);
    expect(derived).toMatchObject({ width, height });
    for (const variant of derived.variants) {
      expect(ssim(await pixelsOf(sharp(variant.bytes)), await expected(variant))).toBeGreaterThan(0.96);
    }
  });
});

describe("colours", () => {
  it("transparent pixels become white", async () => {
    const pixels = Buffer.alloc(640 * 520 * 4);
    for (let at = 0; at < pixels.length; at += 4) {
      const isLeft = (at / 4) % 640 < 320;
      pixels.set(isLeft ? [200, 30, 30, 255] : [0, 0, 0, 0], at);
    }
    const half = await sharp(pixels, { raw: { width: 640, height: 520, channels: 4 } })
      .png()
      .toBuffer();
    const picture = await drawn(half);
    expect(Math.min(...pixel(picture, 300, 130))).toBeGreaterThan(250);
    expect(pixel(picture, 80, 130)[0]).toBeGreaterThan(180);
    expect(pixel(picture, 80, 130)[1]).toBeLessThan(60);
  });

  it.each([
    ["CMYK JPEG", 14, () => photo.clone().toColourspace("cmyk").withIccProfile("cmyk").jpeg({ quality: 96 })],
    ["CMYK JPEG without a profile", 14, () => photo.clone().toColourspace("cmyk").jpeg({ quality: 96 })],
    ["Display P3 JPEG", 6, () => photo.clone().withIccProfile("p3").jpeg({ quality: 96 })],
    ["Display P3 PNG", 4, () => photo.clone().withIccProfile("p3").png()],
    ["16-bit PNG", 4, () => photo.clone().toColourspace("rgb16").png()],
    ["16-bit PNG with alpha", 4, () => photo.clone().ensureAlpha(1).toColourspace("rgb16").png()],
    ["palette PNG", 14, () => photo.clone().png({ palette: true, effort: 1 })],
  ] as const)("of a %s come out in sRGB", async (_name, differenceMax, encode) => {
    const picture = await drawn(await encode().toBuffer());
    expect(ssim(picture, await expected())).toBeGreaterThan(0.9);
    expect(meanDifference(picture, await expected())).toBeLessThan(differenceMax);
  });

  it("a Display P3 file's numbers are converted, not copied", async () => {
    const pure = sharp({ create: { width: 400, height: 300, channels: 3, background: "#00c000" } });
    const file = await pure.withIccProfile("p3").png().toBuffer();
    const stored = await pixelsOf(sharp(file, { ignoreIcc: true }));
    expect(pixel(stored, 200, 150)[0]).toBeGreaterThan(60);
    const [red = 255, green = 0] = pixel(await drawn(file), 160, 130);
    expect(red).toBeLessThan(12);
    expect(Math.abs(green - 0xc0)).toBeLessThan(8);
  });

  it.each([
    ["8-bit", "b-w"],
    ["16-bit", "grey16"],
  ])("%s greyscale stays grey", async (_name, space) => {
    const picture = await drawn(await photo.clone().toColourspace(space).png().toBuffer());
    expect(ssim(picture, await expected())).toBeGreaterThan(0.9);
    const [red = 0, green = 0, blue = 0] = pixel(picture, 160, 130);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(4);
  });

  it("an unusable colour profile does not stop a photo", async () => {
    const { pngChunk, pngWith } = await import("./png.testing.ts");
    const file = pngWith(upright, pngChunk("iCCP", Buffer.from("broken\0\0not a profile", "latin1")));
    expect(ssim(await drawn(file), await expected())).toBeGreaterThan(0.97);
  });
});

describe("animations", () => {
  it.each(["gif", "webp"] as const)("of a %s only the first frame is drawn", async (format) => {
    const frames = await Promise.all(
      ["#d02020", "#2020d0", "#20d020"].map((background) =>
        sharp({ create: { width: 400, height: 325, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .toFormat(format)
      .toBuffer();
    const [red = 0, green = 255, blue = 255] = pixel(await drawn(animated), 160, 130);
    expect(red).toBeGreaterThan(190);
    expect(green).toBeLessThan(60);
    expect(blue).toBeLessThan(60);
  });
});

describe("unusual sizes", () => {
  const black = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: "black" } })
      .png()
      .toBuffer();

  it("one pixel stays one pixel, in the middle of white", async () => {
    const derived = await deriveVariants(await black(1, 1), options);
    expect(derived).toMatchObject({ width: 1, height: 1, failures: [] });
    const picture = await pixelsOf(sharp(derived.variants[3]?.bytes));
    expect(Math.max(...pixel(picture, 159, 129))).toBeLessThan(120);
    expect(Math.min(...pixel(picture, 150, 129))).toBeGreaterThan(240);
    expect(Math.min(...pixel(picture, 159, 120))).toBeGreaterThan(240);
  });

  it.each([
    [5000, 3],
    [3, 5000],
    [1, 400],
    [41, 40],
  ])("%i × %i pixels give all four", async (width, height) => {
    const derived = await deriveVariants(await black(width, height), options);
    expect(derived).toMatchObject({ width, height, failures: [] });
    expect(derived.variants).toHaveLength(4);
  });

  it("a photo smaller than its box is not enlarged", async () => {
    const picture = await drawn(await black(100, 60));
    expect(Math.max(...pixel(picture, 114, 104))).toBeLessThan(30);
    expect(Math.min(...pixel(picture, 100, 130))).toBeGreaterThan(240);
    expect(Math.min(...pixel(picture, 160, 90))).toBeGreaterThan(240);
  });
});

it("EXIF, with where the photo was taken, XMP and profiles are dropped", async () => {
  const file = await photo
    .clone()
    .withExif({ IFD0: { Artist: "someone" }, IFD3: { GPSLatitude: "34/1 36/1 0/1", GPSLatitudeRef: "S" } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>home</place></x:xmpmeta>')
    .withIccProfile("p3", { attach: true })
    .jpeg()
    .toBuffer();
  expect((await sharp(file).metadata()).exif?.includes("someone")).toBe(true);
  for (const variant of (await deriveVariants(file, options)).variants) {
    const { exif, xmp, iptc, icc } = await sharp(variant.bytes).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({});
  }
});
