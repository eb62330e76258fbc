import { createHash } from "node:crypto";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageTypes } from "../types.ts";
import { composeSketch, type SketchRequest } from "./compose-sketch.ts";
import { readLook } from "./figure/read-look.ts";
import { drawSketch } from "./index.ts";
import { kindNames } from "./language/kind-words.ts";
import { placeNames } from "./language/place-words.ts";
import { thingNames } from "./language/thing-words.ts";
import { props } from "./props/props.ts";
import { paletteOf } from "./scene/palette.ts";
import { readScene } from "./scene/read-scene.ts";

const luna =
  "Luna es una niña de siete años, de piel morena y pelo rizado castaño, con un vestido rojo, botas amarillas y bufanda verde.";

function request(prompt: string, rest: Partial<SketchRequest> = {}): SketchRequest {
  return { prompt, characterText: luna, imageType: "scene_1", width: 1024, height: 1024, ...rest };
}

/** How many pixels are (all but) of this colour; paper grain moves a colour by a few levels. */
async function pixelsOf(png: Uint8Array, color: string): Promise<number> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    if (wanted.every((level, channel) => Math.abs(level - (data[at + channel] ?? 0)) <= 14)) count += 1;
  }
  return count;
}

function svgOf(wish: SketchRequest): string {
  const { drawing, definitions } = composeSketch(wish);
  return definitions.toSvg() + drawing;
}

describe("a sketched picture", () => {
  it("has the same bytes for the same words, and others for other words", async () => {
    const hash = async (prompt: string): Promise<string> =>
      createHash("sha256")
        .update(await drawSketch(request(prompt)))
        .digest("hex");
    const first = await hash("Luna mira el mar");
    expect(await hash("Luna mira el mar")).toBe(first);
    expect(await hash("Luna mira el bosque")).not.toBe(first);
  });

  it.each([
    [1024, 1536],
    [1024, 1024],
    [1792, 1024],
    [1024, 1792],
  ])("is an opaque PNG of just %i by %i pixels", async (width, height) => {
    const metadata = await sharp(await drawSketch(request("Luna corre por la playa", { width, height }))).metadata();
    expect(metadata).toMatchObject({ format: "png", width, height, hasAlpha: false });
  });

  it("is composed anew for every format: a circle stays one", () => {
    const tall = composeSketch(request("noche", { width: 1024, height: 1792 }));
    const wide = composeSketch(request("noche", { width: 1792, height: 1024 }));
    expect(tall.frame.width).toBe(1000);
    expect(wide.frame.height).toBe(1000);
    expect(tall.drawing).not.toBe(wide.drawing);
  });

  it("shows the character in the same colours on every page, by day and by night", async () => {
    const { wardrobe } = readLook(luna);
    const prompts = [
      "Luna en el bosque de noche",
      "Luna at the beach",
      "Luna en su cocina",
      "Luna in the rain",
      "Luna",
    ];
    for (const [index, prompt] of prompts.entries()) {
      const png = await drawSketch(request(prompt, { imageType: imageTypes[index] ?? "closing" }));
      for (const color of [wardrobe.dress?.color, wardrobe.boots?.color, wardrobe.scarf?.color]) {
        expect(await pixelsOf(png, color ?? "#000000"), `${prompt}: ${color}`).toBeGreaterThan(800);
      }
    }
  });

  it("is pleasant without any known word, and safe whatever the text is", async () => {
    const odd = [
      "",
      "xyzzy plugh",
      "🦊🌲🌙",
      '<script>alert(1)</script> </svg> & "',
      "a".repeat(200_000),
      "\u0000\uFFFF\uD800",
    ];
    for (const prompt of odd) {
      const { width } = await sharp(
        await drawSketch(request(prompt, { characterText: prompt, width: 256, height: 256 })),
      ).metadata();
      expect(width).toBe(256);
    }
  });

  it("never holds a word of the prompt", () => {
    expect(svgOf(request("<image href=evilmarker>", { characterText: "evilmarker" }))).not.toContain("evilmarker");
  });

  it("can be drawn for every kind of character, place and thing", { timeout: 120_000 }, async () => {
    const small = { width: 128, height: 128 };
    for (const kind of kindNames) await drawSketch(request("jump", { characterText: kind, ...small }));
    for (const place of placeNames) await drawSketch(request(place, small));
    for (const thing of thingNames) {
      const ink = {
        color: props[thing].color,
        second: null,
        palette: paletteOf("day", null),
      };
      expect(props[thing].draw(ink), thing).not.toContain("NaN");
    }
  });

  it("can be composed for any prompts", { timeout: 180_000 }, () => {
    const side = fc.constantFrom(1024, 1536, 1792, 64, 4000);
    const type = fc.constantFrom(...imageTypes);
    fc.assert(
      fc.property(prompts, fc.option(prompts), type, side, side, (prompt, characterText, imageType, width, height) => {
        const svg = svgOf({ prompt, characterText, imageType, width, height });
        return !svg.includes("NaN") && !svg.includes("undefined") && !svg.includes("Infinity");
      }),
      { numRuns: 600 },
    );
  });

  it("finds a scene in any ten thousand prompts", () => {
    const hero = readLook(luna);
    fc.assert(
      fc.property(prompts, (prompt) => {
        const { things, friends } = readScene(prompt, hero);
        return things.length <= 7 && friends.length <= 3 && readLook(prompt).size > 0;
      }),
      { numRuns: 10_000 },
    );
  });
});

/** Words that mean something in odd company, and what nobody would write. */
const prompts = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...kindNames,
        ...placeNames,
        ...thingNames,
        ..."noche rain snow duerme flying rojo three sad sin Luna hug large 1000000".split(" "),
      ),
      { maxLength: 9 },
    )
    .map((said) => said.join(" ")),
  fc.string({ unit: "binary", maxLength: 60 }),
);
