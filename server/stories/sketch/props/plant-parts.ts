import { type Color, darken } from "../drawing/color.ts";
import { circle, ellipse, line, none, outlined, path, placed, type Svg, tube } from "../drawing/svg.ts";

/** A flower from the front. */
export function flowerHead(petal: Color, heart: Color): Svg {
  const petals = [0, 60, 120, 180, 240, 300].map((turn) =>
    placed(ellipse(0, -13, 8.5, 11.5, outlined(petal, 1.3)), { turn }),
  );
  return petals.join("") + circle(0, 0, 8, outlined(heart, 1.2));
}

export function flower(petal: Color, heart: Color): Svg {
  const green: Color = "#5c9e5a";
  return (
    tube("M0 0 Q4 -24 0 -52", green, 4, 1.2) +
    path("M1 -18 C18 -22 26 -34 26 -40 C12 -40 2 -32 1 -18 Z", outlined(green, 1.2)) +
    placed(flowerHead(petal, heart), { y: -60 })
  );
}

export function leaf(color: Color, x: number, y: number, turn: number): Svg {
  return (
    placed(
      path("M0 0 C-22 -14 -16 -40 0 -52 C16 -40 22 -14 0 0 Z", outlined(color)) +
        line("M0 8 V-42 M0 -14 l-9 -8 M0 -14 l9 -8 M0 -28 l-7 -6 M0 -28 l7 -6", darken(color, 0.25), 1.8),
      { x, y, turn },
    ) + none
  );
}
