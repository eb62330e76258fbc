import sharp from "sharp";
import { luminance, type Oklab, oklabFromRgb, rgbFromOklab } from "../oklab.ts";

/** The colours of one book, as `#rrggbb`. */
export interface BookColours {
  /** Titles, initials, and the hill behind the title: at least 7 : 1 against its cream letters (WCAG 2.2, AAA). */
  readonly accent: string;
  /** Behind endpapers and placeholders. */
  readonly tint: string;
  /** Ornaments on the tint. */
  readonly soft: string;
}

const contrastMin = 7;
/** `cream` of typst/sheet.typ. */
const cream = luminance([255, 250, 240]);
/** Prussian blue, for a book without a picture. */
const defaultHue: Hue = { a: -0.03, b: -0.07 };
/** Pixels to a side of a glance; a colour needs no more. */
const side = 48;

interface Hue {
  readonly a: number;
  readonly b: number;
}

/** A picture as seen in passing: `side` × `side` pixels, sRGB, three bytes each. */
export interface Glance {
  readonly rgb: Uint8Array;
}

/** @throws libvips' own error when the file cannot be decoded to its end. */
export async function glanceAt(picture: Uint8Array): Promise<Glance> {
  const image = sharp(picture, { limitInputPixels: 50_000_000 })
    .autoOrient()
    .resize({ width: side, height: side, fit: "fill" });
  return { rgb: await image.flatten({ background: "#ffffff" }).toColourspace("srgb").raw().toBuffer() };
}

/** Takes the book's colours from the hue that its cover is richest in, so that both go together. */
export function bookColours(cover: Glance | null): BookColours {
  const hue = cover === null ? defaultHue : leadingHue(cover);
  const chroma = Math.hypot(hue.a, hue.b);
  const shade = (l: number, chromaMax: number): Oklab => {
    const scale = chroma === 0 ? 0 : Math.min(1, chromaMax / chroma);
    return { l, a: hue.a * scale, b: hue.b * scale };
  };
  return { accent: hex(legible(shade(0.42, 0.11))), tint: hex(shade(0.95, 0.025)), soft: hex(shade(0.83, 0.06)) };
}

/** Darkens until cream letters can be read on it; black would do, so this ends. */
function legible(colour: Oklab): Oklab {
  let shade = colour;
  while ((cream + 0.05) / (luminance(rgbFromOklab(shade)) + 0.05) < contrastMin && shade.l > 0) {
    shade = { l: shade.l - 0.02, a: shade.a * 0.97, b: shade.b * 0.97 };
  }
  return shade;
}

/** The sixteenth of the colour circle with most colour in it, averaged; grey pictures have none and get the default. */
function leadingHue({ rgb }: Glance): Hue {
  const sectors = Array.from({ length: 16 }, () => ({ weight: 0, a: 0, b: 0 }));
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    const { a, b } = oklabFromRgb(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0);
    const chroma = Math.hypot(a, b);
    const sector = sectors[Math.floor(((Math.atan2(b, a) / (2 * Math.PI) + 1) % 1) * sectors.length)];
    if (sector === undefined) continue;
    sector.weight += chroma;
    sector.a += a * chroma;
    sector.b += b * chroma;
  }
  const leading = sectors.reduce((best, sector) => (sector.weight > best.weight ? sector : best));
  if (leading.weight < 0.01 * side * side) return defaultHue;
  return { a: leading.a / leading.weight, b: leading.b / leading.weight };
}

const hex = (colour: Oklab): string =>
  `#${rgbFromOklab(colour)
    .map((channel) => channel.toString(16).padStart(2, "0"))
    .join("")}`;

/** Where the picture is calmer, so that the title hides less of it; the foot unless the head clearly is. */
export function titlePosition(cover: Glance): "top" | "bottom" {
  const third = Math.floor(side / 3);
  return detail(cover, 0, third) * 1.25 < detail(cover, side - third, side) ? "top" : "bottom";
}

/** How much neighbours differ in brightness, beside and below, summed over the rows from `first` up to `end`. */
function detail({ rgb }: Glance, first: number, end: number): number {
  const brightness = (row: number, column: number): number => {
    const at = (row * side + column) * 3;
    return ((rgb[at] ?? 0) + 2 * (rgb[at + 1] ?? 0) + (rgb[at + 2] ?? 0)) / 4;
  };
  let sum = 0;
  for (let row = first; row < end; row += 1) {
    for (let column = 1; column < side; column += 1) {
      const here = brightness(row, column);
      sum += Math.abs(here - brightness(row, column - 1));
      if (row > first) sum += Math.abs(here - brightness(row - 1, column));
    }
  }
  return sum;
}
