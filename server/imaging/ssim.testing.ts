/** Pixels of three bytes each, as sharp's `raw()` gives them for an RGB image. */
export interface ComparedPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Structural similarity of two pictures' luma: 1 when they are the same, ≥ 0.98 when nobody sees a difference.
 * Wang et al. 2004, with its 11×11 Gaussian window of σ 1.5; pictures smaller than the window are extended by their
 * edges.
 */
export function ssim(one: ComparedPicture, other: ComparedPicture): number {
  if (one.width !== other.width || one.height !== other.height) {
    throw new RangeError(`${one.width}×${one.height} cannot be compared with ${other.width}×${other.height}.`);
  }
  const { width, height } = one;
  const a = luma(one);
  const b = luma(other);
  const meanA = blurred(a, width, height);
  const meanB = blurred(b, width, height);
  const squareA = blurred(product(a, a), width, height);
  const squareB = blurred(product(b, b), width, height);
  const cross = blurred(product(a, b), width, height);
  const c1 = (0.01 * 255) ** 2;
  const c2 = (0.03 * 255) ** 2;
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    const x = meanA[i] ?? 0;
    const y = meanB[i] ?? 0;
    const varianceX = (squareA[i] ?? 0) - x * x;
    const varianceY = (squareB[i] ?? 0) - y * y;
    const covariance = (cross[i] ?? 0) - x * y;
    sum += ((2 * x * y + c1) * (2 * covariance + c2)) / ((x * x + y * y + c1) * (varianceX + varianceY + c2));
  }
  return sum / a.length;
}

/** The mean absolute difference of the bytes, 0 to 255: what SSIM does not see, a shifted colour, shows here. */
export function meanDifference(one: ComparedPicture, other: ComparedPicture): number {
  let sum = 0;
  for (let i = 0; i < one.pixels.length; i += 1) sum += Math.abs((one.pixels[i] ?? 0) - (other.pixels[i] ?? 0));
  return sum / one.pixels.length;
}

function luma({ pixels, width, height }: ComparedPicture): Float64Array {
  const values = new Float64Array(width * height);
  for (let i = 0, at = 0; i < values.length; i += 1, at += 3) {
    values[i] = 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
  }
  return values;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * (b[i] ?? 0));
}

const radius = 5;
const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * 1.5 ** 2)));
const weightSum = weights.reduce((sum, weight) => sum + weight, 0);

function blurred(values: Float64Array, width: number, height: number): Float64Array {
  const across = blurredAlong(values, width, height, 1, width);
  return blurredAlong(across, height, width, width, 1);
}

/** Blurs `lines` lines of `length` values that are `step` apart; the lines themselves are `lineStep` apart. */
function blurredAlong(
  values: Float64Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
): Float64Array {
  const result = new Float64Array(values.length);
  for (let line = 0; line < lines; line += 1) {
    for (let at = 0; at < length; at += 1) {
      let sum = 0;
      for (let k = -radius; k <= radius; k += 1) {
        const from = Math.min(length - 1, Math.max(0, at + k));
        sum += (weights[k + radius] ?? 0) * (values[line * lineStep + from * step] ?? 0);
      }
      result[line * lineStep + at * step] = sum / weightSum;
    }
  }
  return result;
}
