import sharp, { type Sharp } from "sharp";

/**
 * A made-up picture that behaves like a photo: light that falls off, texture at every scale (as 1/f, like nature),
 * things with hard edges, a bright corner that shows which way is up. The same arguments always give the same pixels.
 */
export async function photoLike(width: number, height: number): Promise<Sharp> {
  const random = xorshift(width * 65_537 + height);
  const layers: { pixels: Buffer; weight: number }[] = [];
  for (let cells = 6; cells <= Math.max(12, width); cells *= 3) {
    layers.push({ pixels: await noise(cells, width, height, random), weight: 1 / Math.sqrt(cells) });
  }
  const weightSum = layers.reduce((sum, { weight }) => sum + weight, 0);
  const discs = Array.from({ length: 40 }, () => ({
    x: random() * width,
    y: random() * height,
    radius: (0.01 + random() ** 3 * 0.15) * Math.max(width, height),
    colour: [random() * 255, random() * 255, random() * 255],
  }));
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i += 1) {
    let value = 0;
    for (const layer of layers) value += (layer.weight / weightSum) * (layer.pixels[i] ?? 0);
    pixels[i] = Math.max(0, Math.min(255, 128 + (value - 128) * 1.6));
  }
  for (const disc of discs) paint(pixels, width, height, disc);
  paint(pixels, width, height, { x: 0, y: 0, radius: Math.min(width, height) / 3, colour: [255, 240, 60] });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: readonly number[];
}

/** Three parts of the disc's colour to one of what was there, so that the texture shows through. */
function paint(pixels: Buffer, width: number, height: number, disc: Disc): void {
  const top = Math.max(0, Math.floor(disc.y - disc.radius));
  const bottom = Math.min(height, Math.ceil(disc.y + disc.radius));
  for (let y = top; y < bottom; y += 1) {
    const half = Math.sqrt(Math.max(0, disc.radius ** 2 - (y - disc.y) ** 2));
    const right = Math.min(width, Math.ceil(disc.x + half));
    for (let x = Math.max(0, Math.floor(disc.x - half)); x < right; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (y * width + x) * 3 + channel;
        pixels[at] = 0.25 * (pixels[at] ?? 0) + 0.75 * (disc.colour[channel] ?? 0);
      }
    }
  }
}

async function noise(cells: number, width: number, height: number, random: () => number): Promise<Buffer> {
  const rows = Math.max(1, Math.round((cells * height) / width));
  const pixels = Buffer.from(Array.from({ length: cells * rows * 3 }, () => Math.floor(random() * 256)));
  return sharp(pixels, { raw: { width: cells, height: rows, channels: 3 } })
    .resize({ width, height, fit: "fill", kernel: "cubic" })
    .raw()
    .toBuffer();
}

/** Marsaglia's xorshift32; numbers from 0 up to 1. */
function xorshift(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
