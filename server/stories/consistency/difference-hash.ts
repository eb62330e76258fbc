import type { Pixels } from "./read-pixels.ts";

/** Rows, and bits in each. */
const grid = 16;

/**
 * 256 bits, each whether a cell is brighter than the one to its right (dHash). Nearly the same for a picture that was
 * resized or encoded again, some eighty bits away for another one of the same place.
 */
export function differenceHash(pixels: Pixels): bigint {
  let hash = 0n;
  for (let row = 0; row < grid; row += 1) {
    for (let column = 0; column < grid; column += 1) {
      const isBrighter = brightness(pixels, row, column) > brightness(pixels, row, column + 1) + noise;
      hash = (hash << 1n) | (isBrighter ? 1n : 0n);
    }
  }
  return hash;
}

/** In how many bits two hashes differ. */
export function hammingDistance(one: bigint, other: bigint): number {
  let distance = 0;
  for (let rest = one ^ other; rest !== 0n; rest &= rest - 1n) distance += 1;
  return distance;
}

/** Of 255: an even sky must not give bits that JPEG decides. */
const noise = 1;

/** Mean of a cell, of which a row has one more than bits. */
function brightness({ side, rgb }: Pixels, row: number, column: number): number {
  const [top, bottom] = [Math.floor((row * side) / grid), Math.floor(((row + 1) * side) / grid)];
  const [left, right] = [Math.floor((column * side) / (grid + 1)), Math.floor(((column + 1) * side) / (grid + 1))];
  let sum = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * side + x) * 3;
      sum += 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
    }
  }
  return sum / ((bottom - top) * (right - left));
}
