import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { z } from "zod";

/** Draws the photo of a product by its slug, as JPEG; the same bytes each time. */
export type DrawPhoto = (slug: string) => Promise<Buffer>;

/** In the proportion of the largest thumbnail, so that nothing of it is margin. */
const width = 800;
const height = 650;

const iconSet = z.object({ icons: z.record(z.string(), z.object({ body: z.string() })) });

/**
 * Reads the pictures (Fluent Emoji Flat by Microsoft, MIT licence) and answers how to draw with them. They are 9 MB, so
 * hold on to the answer only as long as there is something to draw.
 */
export async function openArt(): Promise<DrawPhoto> {
  const path = fileURLToPath(import.meta.resolve("@iconify-json/fluent-emoji-flat/icons.json"));
  const { icons } = iconSet.parse(JSON.parse(await readFile(path, "utf8")));
  return async (slug) => {
    const icon = icons[slug];
    if (icon === undefined) throw new Error(`the icon set has no ${slug}`);
    return sharp(Buffer.from(sceneOf(slug, icon.body)))
      .jpeg({ quality: 88 })
      .toBuffer();
  };
}

/** Two tones for each ground: the wall and the light on it. Soft, so that the product is the colour of the picture. */
const grounds = [
  ["#fbe9d7", "#fff8ef"],
  ["#e3efe0", "#f6fbf3"],
  ["#dfeaf5", "#f4f9fe"],
  ["#f7dfe2", "#fff4f5"],
  ["#f6ecc9", "#fffbec"],
  ["#e8e2f4", "#f8f5fd"],
  ["#dcefec", "#f3fbf9"],
  ["#ece6df", "#faf7f3"],
] as const;

function sceneOf(slug: string, body: string): string {
  const random = numbersOf(slug);
  const [wall, light] = grounds[Math.floor(random() * grounds.length)] ?? grounds[0];
  const side = 360 + Math.round(random() * 60);
  const x = (width - side) / 2 + (random() - 0.5) * 60;
  const floor = 530 + random() * 28;
  const y = floor - side;
  const tilt = (random() - 0.5) * 12;
  const lightX = 0.3 + random() * 0.4;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    <defs>
      <radialGradient id="demo-light" cx="${lightX}" cy="0.32" r="0.8">
        <stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${wall}"/>
      </radialGradient>
      <radialGradient id="demo-shadow">
        <stop offset="0" stop-color="#3a2d1f" stop-opacity="0.34"/><stop offset="1" stop-color="#3a2d1f" stop-opacity="0"/>
      </radialGradient>
    </defs>
    <rect width="${width}" height="${height}" fill="url(#demo-light)"/>
    <rect y="${floor - 70}" width="${width}" height="${height}" fill="${wall}" opacity="0.75"/>
    ${backdropOf(random, wall)}
    <ellipse cx="${x + side / 2}" cy="${floor - 6}" rx="${side * 0.5}" ry="26" fill="url(#demo-shadow)"/>
    <g transform="rotate(${tilt.toFixed(2)} ${x + side / 2} ${floor - side / 2})">
      <svg x="${x}" y="${y}" width="${side}" height="${side}" viewBox="0 0 32 32">${body}</svg>
    </g>
  </svg>`;
}

/** Something behind the product, or nothing. */
function backdropOf(random: () => number, wall: string): string {
  const kind = Math.floor(random() * 3);
  const cx = 220 + random() * 360;
  if (kind === 0) return `<circle cx="${cx}" cy="300" r="${170 + random() * 60}" fill="#fff" opacity="0.55"/>`;
  if (kind === 1) {
    return `<rect x="${cx - 190}" y="130" width="380" height="370" rx="190" fill="#fff" opacity="0.5"/>`;
  }
  return `<circle cx="${cx - 190}" cy="150" r="70" fill="#fff" opacity="0.4"/>
    <circle cx="${cx + 170}" cy="220" r="44" fill="${wall}" opacity="0.9"/>`;
}

/** Numbers from 0 to 1 that depend on the text alone (mulberry32 over FNV-1a). */
function numbersOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
