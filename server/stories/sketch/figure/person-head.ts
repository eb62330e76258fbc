import { darken, lighten, mix } from "../drawing/color.ts";
import { circle, ellipse, line, none, outlined, path, type Svg } from "../drawing/svg.ts";
import type { HeadPieces } from "./animal-head.ts";
import { drawHair } from "./hair.ts";
import type { PersonLook } from "./look.ts";

/** A round child's head with its hair; `over` goes over the face. */
export function personHead(look: PersonLook): HeadPieces & { readonly over: Svg } {
  const { skin } = look;
  const hair = drawHair(look.hairStyle, look.hair, look.wardrobe.bow?.color ?? "#dd4f45");
  const ear = mix(skin, "#f2737b", 0.18);
  return {
    back: hair.back,
    shape:
      ellipse(-46, 6, 8.5, 10, outlined(skin)) +
      ellipse(46, 6, 8.5, 10, outlined(skin)) +
      ellipse(-46, 7, 4, 5.5, { fill: ear }) +
      ellipse(46, 7, 4, 5.5, { fill: ear }) +
      path("M-47 0 C-48 -56 48 -56 47 0 C47 30 24 43 0 43 C-24 43 -47 30 -47 0 Z", outlined(skin)),
    marks: look.hasFreckles ? freckles(darken(skin, 0.28)) : none,
    nose: ellipse(0, 11, 3.6, 2.6, { fill: darken(mix(skin, "#f2737b", 0.3), 0.08) }),
    over: hair.front,
  };
}

export function beardOf(look: PersonLook): Svg {
  const color = look.beard;
  const white = lighten(look.hair, 0.1);
  const mustache = path(
    "M0 14 C-6 10 -20 12 -26 20 C-16 22 -6 22 0 18 C6 22 16 22 26 20 C20 12 6 10 0 14 Z",
    outlined(color ?? white),
  );
  if (color === null) return look.hasMustache ? mustache : none;
  return (
    path(
      "M-46 6 C-50 44 -24 66 0 66 C24 66 50 44 46 6 C40 22 26 27 14 26 Q0 34 -14 26 C-26 27 -40 22 -46 6 Z",
      outlined(color),
    ) +
    line("M-20 40 q4 10 10 14 M20 40 q-4 10 -10 14", darken(color, 0.15), 1.8, 0.7) +
    mustache
  );
}

function freckles(color: string): Svg {
  return (
    [
      [-30, 9],
      [-25, 14],
      [-34, 15],
      [30, 9],
      [25, 14],
      [34, 15],
    ] as const
  )
    .map(([x, y]) => circle(x, y, 1.5, { fill: color, opacity: 0.8 }))
    .join("");
}
