import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { finishPicture, seePicture } from "./picture.ts";
import { hasC2paManifest, withProvenance } from "./provenance.ts";

const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 10, g: 200, b: 90 } } });
const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
const xmpOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).xmpAsString ?? "";

describe("provenance", () => {
  test.each(["png", "jpeg"] as const)("is written into a %s without touching a pixel", async (format) => {
    const bytes = await drawn(64, 48)[format]().toBuffer();
    const marked = withProvenance(bytes, `image/${format}`, "trainedAlgorithmicMedia");
    expect(await xmpOf(marked)).toContain(
      'DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
    );
    expect(await pixels(marked)).toEqual(await pixels(bytes));
    expect(withProvenance(marked, `image/${format}`, "trainedAlgorithmicMedia")).toEqual(marked);
  });

  test.each(["png", "jpeg"] as const)("is added to the XMP that a %s has already", async (format) => {
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Made with Google AI"/>' +
      "</rdf:RDF></x:xmpmeta>";
    const bytes = await drawn(64, 48).withXmp(xmp)[format]().toBuffer();
    const marked = await xmpOf(withProvenance(bytes, `image/${format}`, "algorithmicMedia"));
    expect(marked).toContain("Made with Google AI");
    expect(marked).toContain("digitalsourcetype/algorithmicMedia");
    expect(marked.match(/<rdf:RDF/g)).toHaveLength(1);
  });

  test("a C2PA manifest is noticed in both formats", async () => {
    const png = await drawn(8, 8).png().toBuffer();
    const jpeg = await drawn(8, 8).jpeg().toBuffer();
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from("caBXjumb"), Buffer.alloc(4)]);
    const segment = Buffer.concat([Buffer.from([0xff, 0xeb, 0, 18]), Buffer.from("JP\0\0jumbc2pa\0\0\0\0")]);
    expect(hasC2paManifest(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]), "image/png")).toBe(true);
    expect(hasC2paManifest(Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]), "image/jpeg")).toBe(true);
    expect([hasC2paManifest(png, "image/png"), hasC2paManifest(jpeg, "image/jpeg")]).toEqual([false, false]);
  });

  test("bytes that are no picture are left as they are", () => {
    const bytes = Buffer.from("no picture at all");
    expect(withProvenance(bytes, "image/png", "algorithmicMedia")).toEqual(bytes);
  });
});

describe("what a provider sent", () => {
  test("is known by its bytes", async () => {
    expect(await seePicture(await drawn(30, 20).webp().toBuffer())).toEqual({
      mimeType: "image/webp",
      extension: "webp",
      resolution: "30x20",
      hasC2pa: false,
    });
  });

  test.each(["png", "jpeg"] as const)("is none when a %s is cut off", async (format) => {
    const noise = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: "red",
        noise: { type: "gaussian", mean: 128, sigma: 60 },
      },
    })
      [format]()
      .toBuffer();
    expect(await seePicture(noise)).not.toBeNull();
    expect(await seePicture(noise.subarray(0, Math.floor(noise.length * 0.6)))).toBeNull();
  });

  test.each([Buffer.from("text"), Buffer.alloc(0), Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")])(
    "is none when it is no picture",
    async (bytes) => expect(await seePicture(bytes)).toBeNull(),
  );

  test("is resized only when it has to be, and the same bytes give the same bytes", async () => {
    const bytes = await drawn(300, 200).png().toBuffer();
    const seen = { mimeType: "image/png", resolution: "300x200" } as const;
    const kept = await finishPicture(bytes, seen, "300x200", "algorithmicMedia");
    expect(kept).toMatchObject({ mimeType: "image/png", resizedFrom: null, resizedTo: null });
    expect(await pixels(kept.bytes)).toEqual(await pixels(bytes));
    const small = await finishPicture(bytes, seen, "100x100", "algorithmicMedia");
    const again = await finishPicture(bytes, seen, "100x100", "algorithmicMedia");
    expect(small).toMatchObject({ resizedFrom: "300x200", resizedTo: "100x100" });
    expect(small.imageHash).toBe(again.imageHash);
    expect(await sharp(small.bytes).metadata()).toMatchObject({ width: 100, height: 100 });
  });

  test("in another format becomes a PNG", async () => {
    const bytes = await drawn(30, 20).webp().toBuffer();
    const made = await finishPicture(
      bytes,
      { mimeType: "image/webp", resolution: "30x20" },
      "30x20",
      "algorithmicMedia",
    );
    expect(made).toMatchObject({ mimeType: "image/png", resizedFrom: null });
    expect((await sharp(made.bytes).metadata()).format).toBe("png");
  });
});
