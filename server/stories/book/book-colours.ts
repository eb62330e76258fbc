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
/** Pixels to a side; a colour needs no more. */
const glance = 48;

interface Hue {
  readonly a: number;
  readonly b: number;
}

/** Takes the book's colours from the hue that its cover is richest in, so that both go together. */
export async function bookColours(cover: Uint8Array | null): Promise<BookColours> {
  const hue = cover === null ? defaultHue : await leadingHue(cover);
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
async function leadingHue(picture: Uint8Array): Promise<Hue> {
  const { data, info } = await sharp(picture)
    .resize({ width: glance, height: glance, fit: "fill" })
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const sectors = Array.from({ length: 16 }, () => ({ weight: 0, a: 0, b: 0 }));
  for (let at = 0; at + 2 < data.length; at += info.channels) {
    const { a, b } = oklabFromRgb(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    const chroma = Math.hypot(a, b);
    const sector = sectors[Math.floor(((Math.atan2(b, a) / (2 * Math.PI) + 1) % 1) * sectors.length)];
    if (sector === undefined) continue;
    sector.weight += chroma;
    sector.a += a * chroma;
    sector.b += b * chroma;
  }
  const leading = sectors.reduce((best, sector) => (sector.weight > best.weight ? sector : best));
  if (leading.weight < 0.01 * glance * glance) return defaultHue;
  return { a: leading.a / leading.weight, b: leading.b / leading.weight };
}

const hex = (colour: Oklab): string =>
  `#${rgbFromOklab(colour)
    .map((channel) => channel.toString(16).padStart(2, "0"))
    .join("")}`;

/** Where the picture is calmer, so that the title hides less of it; the foot unless the head clearly is. */
export async function titlePosition(cover: Uint8Array): Promise<"top" | "bottom"> {
  const { data, info } = await sharp(cover)
    .flatten({ background: "#ffffff" })
    .greyscale()
    .resize({ width: glance, height: glance, fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const third = Math.floor(glance / 3);
  const grey = data.filter((_, at) => at % info.channels === 0);
  return detail(grey, 0, third) * 1.25 < detail(grey, glance - third, glance) ? "top" : "bottom";
}

/** How much neighbours differ, beside and below, summed over the rows from `first` up to `end`. */
function detail(grey: Uint8Array, first: number, end: number): number {
  let sum = 0;
  for (let row = first; row < end; row += 1) {
    for (let column = 1; column < glance; column += 1) {
      const here = grey[row * glance + column] ?? 0;
      sum += Math.abs(here - (grey[row * glance + column - 1] ?? here));
      sum += Math.abs(here - (grey[(row - 1) * glance + column] ?? here));
    }
  }
  return sum;
}
