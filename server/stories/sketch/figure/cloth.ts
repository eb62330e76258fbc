import { darken, inkOf, lighten } from "../drawing/color.ts";
import type { Definitions } from "../drawing/definitions.ts";
import { circle, line, n, none, path, type Svg } from "../drawing/svg.ts";
import type { Garment } from "./look.ts";

/** A shape of cloth (or fur): outlined, shaded on the right, with its pattern. */
export function cloth(definitions: Definitions, d: string, garment: Garment): Svg {
  const { color } = garment;
  const shape = path(d, {});
  const inside =
    path(d, { fill: darken(color, 0.13) }) +
    `<g transform="translate(-6 -3)">${path(d, { fill: color })}</g>` +
    patternOf(garment);
  return definitions.clipped(shape, inside) + path(d, { fill: "none", stroke: inkOf(color), width: 1.6 });
}

/** Over the whole of a figure's clothes: the clip cuts it to shape. */
function patternOf({ color, second, pattern }: Garment): Svg {
  if (pattern === null) return none;
  const ink = second ?? (lighten(color, 0.55) === color ? darken(color, 0.2) : lighten(color, 0.6));
  let svg = none;
  if (pattern === "stripes") {
    for (let y = -136; y < 0; y += 14) svg += line(`M-60 ${y} Q0 ${y + 7} 60 ${y}`, ink, 4.6);
    return svg;
  }
  for (let row = 0; row < 9; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const x = -56 + column * 16 + (row % 2) * 8;
      const y = -134 + row * 15;
      svg += motif(pattern, x, y, ink);
    }
  }
  return svg;
}

function motif(pattern: "dots" | "stars" | "flowers", x: number, y: number, ink: string): Svg {
  switch (pattern) {
    case "dots":
      return circle(x, y, 3, { fill: ink });
    case "stars":
      return path(
        `M${n(x)} ${n(y - 4)} l1.2 2.7 2.900 .3 -2.200 2 .6 2.900 -2.500 -1.500 -2.500 1.500 .6 -2.900 -2.200 -2 2.900 -.3 z`,
        { fill: ink },
      );
    case "flowers":
      return (
        [
          [-2.2, -1.4],
          [2.2, -1.4],
          [0, 2.4],
        ]
          .map(([dx = 0, dy = 0]) => circle(x + dx, y + dy, 2, { fill: ink }))
          .join("") + circle(x, y, 1.3, { fill: "#f0b93c" })
      );
  }
}
