import { type Color, darken, lighten } from "../drawing/color.ts";
import { circle, ellipse, line, n, none, outlined, path, placed, type Svg } from "../drawing/svg.ts";
import type { HairStyle } from "../language/look-words.ts";

interface Hair {
  /** Behind the head. */
  readonly back: Svg;
  /** Over the forehead. */
  readonly front: Svg;
}

const fringe = "M-49 6 C-56 -64 56 -64 49 6 C46 -6 43 -14 37 -21 C20 -13 -14 -11 -37 -22 C-43 -14 -46 -6 -49 6 Z";
const parted = "M-49 8 C-57 -66 58 -64 49 8 C46 -8 40 -20 24 -29 C8 -16 -26 -12 -38 -14 C-44 -8 -47 0 -49 8 Z";
const cropped =
  "M-49 0 C-56 -66 56 -66 49 0 C46 -12 42 -18 38 -22 C30 -16 24 -24 14 -18 C6 -24 -4 -16 -14 -21 C-22 -15 -30 -22 -38 -20 C-43 -14 -47 -8 -49 0 Z";
const tousled =
  "M-49 2 C-58 -20 -52 -44 -34 -50 L-36 -60 L-22 -54 C-10 -62 8 -64 18 -58 L30 -66 L32 -54 C50 -48 58 -22 49 2 C47 -10 42 -20 34 -24 L26 -14 L16 -25 L6 -13 L-6 -24 L-16 -13 L-26 -24 C-38 -20 -46 -10 -49 2 Z";

export function drawHair(style: HairStyle, color: Color, ribbon: Color): Hair {
  const paint = outlined(color);
  const cap = ellipse(0, -6, 51, 47, paint);
  const shine = line("M-26 -36 q14 -11 32 -10", lighten(color, 0.4), 4, 0.55);
  switch (style) {
    case "long":
      return {
        back: path("M-50 -8 C-56 30 -58 52 -50 72 Q-30 84 0 80 Q30 84 50 72 C58 52 56 30 50 -8 Z", paint) + cap,
        front: path(parted, paint) + shine,
      };
    case "bob":
      return {
        back: path("M-51 -8 C-58 20 -56 34 -48 42 Q-20 50 0 48 Q20 50 48 42 C56 34 58 20 51 -8 Z", paint) + cap,
        front: path(fringe, paint) + shine,
      };
    case "braids":
      return { back: braid(-1, color, ribbon) + braid(1, color, ribbon) + cap, front: path(parted, paint) + shine };
    case "pigtails":
      return { back: tuft(-1, color, ribbon) + tuft(1, color, ribbon) + cap, front: path(fringe, paint) + shine };
    case "ponytail":
      return {
        back:
          path("M28 -38 C66 -62 84 -20 66 34 C62 16 54 4 40 -6 Z", paint) + circle(38, -32, 6, outlined(ribbon)) + cap,
        front: path(parted, paint) + shine,
      };
    case "bun":
      return {
        back: circle(0, -52, 20, paint) + line("M-8 -58 q8 -7 15 2", darken(color, 0.25), 1.8) + cap,
        front: path(parted, paint) + shine,
      };
    case "curly":
      return { back: curls(color, 12, 49, 15), front: fringeOfCurls(color) };
    case "afro":
      return { back: circle(0, -14, 66, paint) + curls(color, 16, 58, 13), front: fringeOfCurls(color) };
    case "short":
      return { back: cap, front: path(cropped, paint) + shine };
    case "spiky":
      return { back: cap, front: path(tousled, paint) + shine };
    case "bald":
      return {
        back: ellipse(-46, 2, 12, 18, paint) + ellipse(46, 2, 12, 18, paint),
        front: line("M-20 -36 q8 -6 18 -6", "#ffffff", 3.5, 0.4),
      };
  }
}

function braid(side: -1 | 1, color: Color, ribbon: Color): Svg {
  const knots = [0, 1, 2, 3].map((knot) => ellipse(0, knot * 15, 11 - knot * 0.9, 10, outlined(color)));
  const tip = path("M-5 56 q5 22 10 0 z", outlined(color)) + ellipse(0, 55, 7, 5, outlined(ribbon));
  return placed(knots.join("") + tip, { x: side * 49, y: 16, turn: side * -8 });
}

function tuft(side: -1 | 1, color: Color, ribbon: Color): Svg {
  const hair = path("M0 0 C26 -30 46 -6 34 36 C28 30 14 24 0 10 Z", outlined(color));
  return placed(hair + circle(2, 4, 6, outlined(ribbon)), { x: side * 42, y: -22, isMirrored: side < 0 });
}

function curls(color: Color, count: number, radius: number, size: number): Svg {
  let svg = none;
  for (let index = 0; index < count; index += 1) {
    const angle = Math.PI * (0.86 + (1.28 * index) / (count - 1));
    const grown = size + (index % 3) * 1.6;
    svg += circle(Math.cos(angle) * radius, Math.sin(angle) * radius * 0.92 - 4, grown, outlined(color));
  }
  return svg + ellipse(0, -10, radius, radius * 0.84, { fill: color });
}

function fringeOfCurls(color: Color): Svg {
  const places = [-40, -26, -11, 5, 21, 36] as const;
  const under = path("M-44 -14 C-44 -56 44 -56 44 -14 C24 -30 -24 -30 -44 -14 Z", { fill: color });
  const rolls = places.map((x, index) => {
    const y = -27 + Math.abs(x) * 0.2 + (index % 2) * 3;
    return (
      circle(x, y, 10.5, outlined(color)) + line(`M${n(x - 4)} ${n(y - 1)} q4 -6 8 0`, lighten(color, 0.3), 1.8, 0.7)
    );
  });
  return rolls.join("") + under;
}
