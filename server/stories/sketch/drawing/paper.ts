import { randomFrom } from "./random.ts";

const side = 192;
/** Levels of gray about the middle: felt rather than seen. */
const strength = 10;

/** The grain of drawing paper, as a tile of gray that repeats without a seam. */
export function paperGrain(): { readonly input: Buffer; readonly raw: { width: number; height: number; channels: 3 } } {
  const random = randomFrom("paper");
  const noise = Float64Array.from({ length: side * side }, () => random.between(-1, 1));
  const at = (x: number, y: number): number => noise[((y + side) % side) * side + ((x + side) % side)] ?? 0;
  const pixels = Buffer.alloc(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const fibre = at(x, y) * 0.5 + (at(x - 1, y) + at(x + 1, y)) * 0.35 + (at(x, y - 1) + at(x, y + 1)) * 0.2;
      pixels.fill(Math.round(128 + fibre * strength), (y * side + x) * 3, (y * side + x) * 3 + 3);
    }
  }
  return { input: pixels, raw: { width: side, height: side, channels: 3 } };
}
