import { beforeAll, describe, expect, it } from "vitest";
import { inspectImage } from "./inspect.ts";
import { photoLike } from "./photo.testing.ts";
import { pngChunk, pngDeclaring, pngWith } from "./png.testing.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const zip = latin1("PK\x03\x04 a file PK\x01\x02 its entry PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0");

let jpeg: Buffer;
let png: Buffer;
let webp: Buffer;
let gif: Buffer;
let avif: Buffer;

beforeAll(async () => {
  const photo = await photoLike(120, 80);
  [jpeg, png, webp, gif, avif] = await Promise.all([
    photo.clone().jpeg().toBuffer(),
    photo.clone().png().toBuffer(),
    photo.clone().webp().toBuffer(),
    photo.clone().gif().toBuffer(),
    photo.clone().avif({ effort: 0 }).toBuffer(),
  ]);
});

describe("an accepted photo is described without decoding it", () => {
  it("tells type, size, orientation, alpha, pages and bytes for each format", async () => {
    const still = { width: 120, height: 80, orientation: 1, pages: 1 };
    expect(await inspectImage(jpeg)).toEqual({
      ...{ mimeType: "image/jpeg", extension: "jpg", hasAlpha: false, sizeBytes: jpeg.length },
      ...still,
    });
    expect(await inspectImage(png)).toMatchObject({ mimeType: "image/png", ...still });
    expect(await inspectImage(webp)).toMatchObject({ mimeType: "image/webp", ...still });
    expect(await inspectImage(gif)).toMatchObject({ mimeType: "image/gif", ...still });
    expect(await inspectImage(avif)).toMatchObject({ mimeType: "image/avif", extension: "avif", ...still });
  });

  it("gives the size as displayed when EXIF turns the photo", async () => {
    const turned = await (await photoLike(120, 80)).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspectImage(turned)).toMatchObject({ width: 80, height: 120, orientation: 6 });
  });

  it("counts the pages of an animation and measures one of them", async () => {
    const frames = await Promise.all([1, 2, 3].map((n) => photoLike(40 + n, 30).then((p) => p.png().toBuffer())));
    const sharp = (await import("sharp")).default;
    const same = await Promise.all(frames.map((f) => sharp(f).resize(40, 30, { fit: "fill" }).png().toBuffer()));
    for (const format of ["gif", "webp"] as const) {
      const animated = await sharp(same, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expect(await inspectImage(animated)).toMatchObject({ width: 40, height: 30, pages: 3 });
    }
  });

  it("accepts what phones append to a photo", async () => {
    const film = latin1(`\0\0\0\x18ftypmp42\0\0\0\0isommp42${"\x07".repeat(500)}`);
    for (const photo of [jpeg, png, webp, gif]) {
      expect(await inspectImage(Buffer.concat([photo, film]))).toMatchObject({ width: 120 });
    }
  });
});

describe("limits hold before anything is decoded", () => {
  it.each([
    [50_000, 50_000],
    [2_000_000, 1_000],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ])("a PNG of 100 bytes that declares %i × %i pixels is refused as a bomb", async (width, height) => {
    await expect(inspectImage(pngDeclaring(width, height))).rejects.toMatchObject({
      code: "IMAGE_TOO_MANY_PIXELS",
      detail: expect.stringContaining(`${width} × ${height}`),
    });
  });

  it("an AVIF that declares too many pixels is refused as a bomb", async () => {
    const bomb = Buffer.from(avif);
    const declaration = bomb.indexOf("ispe") + 8;
    bomb.writeUInt32BE(60_000, declaration);
    bomb.writeUInt32BE(60_000, declaration + 4);
    await expect(inspectImage(bomb)).rejects.toMatchObject({ code: "IMAGE_TOO_MANY_PIXELS" });
  });

  it("the limits themselves are inclusive", async () => {
    const limits = { bytesMax: jpeg.length, pixelsMax: 120 * 80 };
    expect(await inspectImage(jpeg, limits)).toMatchObject({ width: 120 });
    await expect(inspectImage(jpeg, { ...limits, bytesMax: jpeg.length - 1 })).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
    });
    await expect(inspectImage(jpeg, { ...limits, pixelsMax: 120 * 80 - 1 })).rejects.toMatchObject({
      code: "IMAGE_TOO_MANY_PIXELS",
    });
  });
});

describe("lying files are refused", () => {
  it("a page called .jpg is a page", async () => {
    const page = latin1("<!doctype html><script>alert(1)</script>");
    await expect(inspectImage(page)).rejects.toMatchObject({
      code: "UNSUPPORTED_IMAGE_TYPE",
      detail: expect.stringContaining("an HTML page"),
    });
  });

  it.each([
    ["JPEG", "\xff\xd8\xff\xe0garbage and more garbage"],
    ["PNG", "\x89PNG\r\n\x1a\ngarbage and more garbage"],
    ["GIF", "GIF89agarbage and more garbage"],
    ["WEBP", "RIFF\x40\0\0\0WEBPVP8 garbage and more garbage"],
  ])("the first bytes of a %s before garbage are an invalid image", async (_name, content) => {
    await expect(inspectImage(latin1(content))).rejects.toMatchObject({ code: "INVALID_IMAGE" });
  });

  it.each([
    ["a ZIP archive", zip],
    ["an HTML page or script", latin1("<html><script>alert(1)</script></html>")],
    ["a script", latin1("<?php system($_GET['c']); ?>")],
    ["a RAR archive", latin1("Rar!\x1a\x07\0")],
  ])("a photo with %s appended is refused by name", async (name, hidden) => {
    for (const photo of [jpeg, png, webp, gif, avif]) {
      await expect(inspectImage(Buffer.concat([photo, hidden]))).rejects.toMatchObject({
        code: "UNSUPPORTED_IMAGE_TYPE",
        detail: expect.stringContaining(name),
      });
    }
  });

  it("a script in the metadata is found as well", async () => {
    const comment = latin1("<script>alert(1)</script>");
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment]);
    const jpegPolyglot = Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
    const pngPolyglot = pngWith(png, pngChunk("tEXt", Buffer.concat([latin1("Comment\0"), comment])));
    for (const polyglot of [jpegPolyglot, pngPolyglot]) {
      await expect(inspectImage(polyglot)).rejects.toMatchObject({ code: "UNSUPPORTED_IMAGE_TYPE" });
    }
  });

  it("a PDF that begins like a photo is refused", async () => {
    const polyglot = pngWith(png, pngChunk("tEXt", latin1("Comment\0%PDF-1.4")));
    await expect(inspectImage(polyglot)).rejects.toMatchObject({ detail: expect.stringContaining("a PDF document") });
  });
});
