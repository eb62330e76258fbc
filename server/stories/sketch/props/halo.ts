import type { Color } from "../drawing/color.ts";
import { circle, type Svg } from "../drawing/svg.ts";

/** Light that fades outward, in rings too faint to see one by one. */
export function halo(x: number, y: number, r: number, color: Color): Svg {
  return Array.from({ length: 9 }, (_, ring) =>
    circle(x, y, r * (1 - ring / 10), { fill: color, opacity: 0.055 }),
  ).join("");
}
