import { type Oklab, oklabFromRgb } from "../oklab.ts";
import type { Pixels } from "./read-pixels.ts";

/** The colours of a picture, as eyes tell them apart, with their share of it (all shares sum to 1). */
export type Palette = readonly PaletteColour[];

export interface PaletteColour {
  readonly colour: Oklab;
  readonly share: number;
}

/** Edge of a cell of the colour space: about five just noticeable differences. */
const cell = 0.08;
/** Rarer colours of a character are edges and noise; of a scene, they may be all that shows of its scarf. */
const figureShareMin = 0.02;
const sceneShareMin = 0.004;
const coloursMax = 24;
/** What a scene must show of a colour, of the share that it has of the character. */
const sceneShare = 0.04;
/** Of the picture; less is no figure. */
const figureMin = 0.04;
/** Colours nearer than this look like one in another light. */
const nearness = 0.08;
/** Light changes from page to page; hue and colourfulness are what a character keeps. */
const lightnessWeight = 0.5;

/** All of a picture's colours: quantised in Oklab, and merged where they look alike. */
export function paletteOf(pixels: Pixels): Palette {
  return merged(
    count(pixels, () => true),
    sceneShareMin,
  );
}

/**
 * The colours of who stands in the picture. What its frame is made of counts as background and is left out, when
 * something else is left: a character stands before anything.
 */
export function figurePaletteOf(pixels: Pixels): Palette {
  const background = cellsOfFrame(pixels);
  const figure = count(pixels, (key) => !background.has(key));
  const figurePixels = [...figure.values()].reduce((sum, bin) => sum + bin.pixels, 0);
  return figurePixels >= figureMin * pixels.side ** 2 ? merged(figure, figureShareMin) : paletteOf(pixels);
}

/**
 * How much of `wanted` is found in `shown`, 0 to 1: each colour counts by how much colour it has and the root of its
 * share, so that a scarf weighs beside a coat, and greys hardly. It is found whole where a twenty-fifth of its share is near:
 * a character takes less of a scene than of its own portrait.
 */
export function coverageOf(wanted: Palette, shown: Palette): number {
  let found = 0;
  let total = 0;
  for (const { colour, share } of wanted) {
    const weight = Math.sqrt(share) * (0.02 + Math.hypot(colour.a, colour.b));
    // Wholly when near, not at all when twice as far, in between in proportion.
    const near = shown.reduce((sum, other) => {
      const distance = difference(colour, other.colour) / nearness;
      return sum + other.share * Math.min(1, Math.max(0, 2 - distance));
    }, 0);
    total += weight;
    found += weight * Math.min(1, near / (sceneShare * share));
  }
  return total === 0 ? 1 : found / total;
}

interface Bin {
  pixels: number;
  l: number;
  a: number;
  b: number;
}

function count({ side, rgb }: Pixels, counts: (key: string) => boolean): Map<string, Bin> {
  const bins = new Map<string, Bin>();
  for (let at = 0; at < side * side * 3; at += 3) {
    const colour = colourAt(rgb, at);
    const key = keyOf(colour);
    if (!counts(key)) continue;
    const bin = bins.get(key) ?? { pixels: 0, l: 0, a: 0, b: 0 };
    bin.pixels += 1;
    bin.l += colour.l;
    bin.a += colour.a;
    bin.b += colour.b;
    bins.set(key, bin);
  }
  return bins;
}

/** Cells that take a twentieth or more of the outermost pixels. */
function cellsOfFrame({ side, rgb }: Pixels): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let frame = 0;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (x > 1 && y > 1 && x < side - 2 && y < side - 2) continue;
      const key = keyOf(colourAt(rgb, (y * side + x) * 3));
      counts.set(key, (counts.get(key) ?? 0) + 1);
      frame += 1;
    }
  }
  return new Set([...counts].filter(([, many]) => many >= frame / 20).map(([key]) => key));
}

/** The commonest first; each takes in what is near it. */
function merged(bins: ReadonlyMap<string, Bin>, shareMin: number): Palette {
  const all = [...bins.values()].sort((one, other) => other.pixels - one.pixels || one.l - other.l);
  const total = all.reduce((sum, { pixels }) => sum + pixels, 0);
  const colours: { colour: Oklab; pixels: number }[] = [];
  for (const bin of all) {
    const colour = { l: bin.l / bin.pixels, a: bin.a / bin.pixels, b: bin.b / bin.pixels };
    const near = colours.find((other) => difference(colour, other.colour) < nearness / 2);
    if (near) near.pixels += bin.pixels;
    else colours.push({ colour, pixels: bin.pixels });
  }
  return colours
    .map(({ colour, pixels }) => ({ colour, share: pixels / total }))
    .filter(({ share }) => share >= shareMin)
    .slice(0, coloursMax);
}

const colourAt = (rgb: Uint8Array, at: number): Oklab => oklabFromRgb(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0);

const keyOf = ({ l, a, b }: Oklab): string =>
  `${Math.floor(l / cell)} ${Math.floor(a / (cell / 2))} ${Math.floor(b / (cell / 2))}`;

const difference = (one: Oklab, other: Oklab): number =>
  Math.hypot(lightnessWeight * (one.l - other.l), 1.5 * (one.a - other.a), 1.5 * (one.b - other.b));
