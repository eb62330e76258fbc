import { type Oklab, oklabFromRgb, rgbFromOklab } from "../../oklab.ts";

/** `#rrggbb`. */
export type Color = `#${string}`;

/** Between two colours as the eye sees it, so that no mixture is muddy. */
export function mix(from: Color, to: Color, share: number): Color {
  const [one, other] = [toLab(from), toLab(to)];
  return fromLab({
    l: one.l + (other.l - one.l) * share,
    a: one.a + (other.a - one.a) * share,
    b: one.b + (other.b - one.b) * share,
  });
}

export function lighten(color: Color, share: number): Color {
  const { l, a, b } = toLab(color);
  return fromLab({ l: l + (1 - l) * share, a: a * (1 - share * 0.6), b: b * (1 - share * 0.6) });
}

/** Darker, and a little richer, as a shadow on something coloured is. */
export function darken(color: Color, share: number): Color {
  const { l, a, b } = toLab(color);
  return fromLab({ l: l * (1 - share), a: a * (1 - share * 0.35), b: b * (1 - share * 0.35) });
}

/** The line around something of this colour: the same hue, much darker, never black. */
export function inkOf(color: Color): Color {
  return mix(darken(color, 0.45), "#3a2433", 0.35);
}

/** From 0 (black) to 1 (white). */
export function lightnessOf(color: Color): number {
  return toLab(color).l;
}

function toLab(color: Color): Oklab {
  const value = Number.parseInt(color.slice(1), 16);
  return oklabFromRgb((value >> 16) & 255, (value >> 8) & 255, value & 255);
}

function fromLab(lab: Oklab): Color {
  const [red, green, blue] = rgbFromOklab(lab);
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, "0")}`;
}
