import { createHash } from "node:crypto";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type CheckedPicture, checkConsistency } from "./consistency.ts";

interface Drawing {
  readonly coat?: string;
  readonly scarf?: string;
  readonly sky?: string;
  readonly ground?: string;
  /** Where the figure stands, and how large it is: 1 fills a third of the width. */
  readonly x?: number;
  readonly scale?: number;
}

const draw = async (drawing: Drawing = {}): Promise<Uint8Array> => {
  const { coat = "#e07b2c", scarf = "#2f8f4e", sky = "#cfe3f5", ground = "#8a8f98", x = 100, scale = 1 } = drawing;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="400" height="600" fill="${sky}"/>
    <rect y="430" width="400" height="170" fill="${ground}"/><g transform="translate(${x} 200) scale(${scale})">
    <path d="M30 0 L90 60 L150 0 L170 120 Q90 200 10 120Z" fill="${coat}"/><rect x="40" y="150" width="100" height="150"
    fill="${coat}"/><rect x="35" y="150" width="110" height="34" fill="${scarf}"/><circle cx="65" cy="95" r="9"/>
    <circle cx="115" cy="95" r="9"/></g></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
};

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const picture = async (
  name: string,
  drawing: Drawing,
  referenceHash: string | null = null,
): Promise<CheckedPicture> => ({
  name,
  bytes: await draw(drawing),
  referenceHash,
});

test("a character in its own colours has not drifted, wherever it stands and whatever is behind it", async () => {
  const pictures = await Promise.all([
    picture("day", { x: 40, scale: 0.7 }),
    picture("night", { sky: "#1d2450", ground: "#20304a", x: 180, scale: 0.6 }),
    picture("same colours behind", { sky: "#e07b2c", ground: "#2f8f4e" }),
  ]);
  const report = await checkConsistency({ reference: await draw(), pictures });
  for (const each of report.pictures) {
    expect(each.hasPaletteDrift, `${each.name} ${each.paletteCoverage}`).toBe(false);
  }
});

test("a character whose coat changed its colour has drifted", async () => {
  const pictures = [await picture("blue", { coat: "#2c62e0" }), await picture("grey", { coat: "#777", scarf: "#999" })];
  const report = await checkConsistency({ reference: await draw(), pictures });
  for (const each of report.pictures) {
    expect(each).toMatchObject({ hasPaletteDrift: true, warnings: expect.arrayContaining(["PALETTE_DRIFT"]) });
  }
});

test("it is told whether the very reference was sent", async () => {
  const reference = await draw();
  const pictures = [
    await picture("sent", { x: 60 }, sha256(reference)),
    await picture("another", { x: 120, scale: 0.8 }, sha256(await draw({ x: 90 }))),
    await picture("none", { x: 200, scale: 0.5 }, null),
  ];
  const report = await checkConsistency({ reference, pictures });
  expect(report.referenceHash).toBe(sha256(reference));
  expect(report.pictures.map((each) => each.referenceSent)).toEqual([true, false, false]);
  expect(report.pictures.map((each) => each.warnings.includes("REFERENCE_NOT_SENT"))).toEqual([false, true, true]);
});

test("pictures that repeat one another are named in pairs, also resized and encoded again", async () => {
  const first = await draw({ x: 60 });
  const again = new Uint8Array(await sharp(first).resize(300, 450).jpeg({ quality: 70 }).toBuffer());
  const report = await checkConsistency({
    reference: null,
    pictures: [
      { name: "scene_1", bytes: first, referenceHash: null },
      await picture("scene_2", { x: 220, scale: 0.6 }),
      { name: "scene_3", bytes: again, referenceHash: null },
    ],
  });
  expect(report.nearDuplicates.map(({ names }) => names)).toEqual([["scene_1", "scene_3"]]);
  expect(report.pictures.map((each) => each.warnings)).toEqual([["NEAR_DUPLICATE"], [], ["NEAR_DUPLICATE"]]);
});

test("without a reference nothing is said about colours, and an unreadable picture is named", async () => {
  const broken = { name: "broken", bytes: new Uint8Array([1, 2, 3]), referenceHash: null };
  const report = await checkConsistency({ reference: null, pictures: [broken, await picture("whole", {})] });
  expect(report.pictures).toEqual([
    {
      name: "broken",
      referenceSent: null,
      paletteCoverage: null,
      hasPaletteDrift: false,
      warnings: ["PICTURE_UNREADABLE"],
    },
    { name: "whole", referenceSent: null, paletteCoverage: null, hasPaletteDrift: false, warnings: [] },
  ]);
});

test("more pictures than a story has are refused", async () => {
  const one = await picture("scene", {});
  await expect(checkConsistency({ reference: null, pictures: Array(65).fill(one) })).rejects.toThrow(RangeError);
});
