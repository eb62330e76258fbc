/** `#rrggbb`. */
export type Color = `#${string}`;

type Lab = readonly [lightness: number, a: number, b: number];

/** Between two colours as the eye sees it (OKLab, https://bottosson.github.io/posts/oklab/), so that no mixture is muddy. */
export function mix(from: Color, to: Color, share: number): Color {
  const [l1, a1, b1] = toLab(from);
  const [l2, a2, b2] = toLab(to);
  return fromLab([l1 + (l2 - l1) * share, a1 + (a2 - a1) * share, b1 + (b2 - b1) * share]);
}

export function lighten(color: Color, share: number): Color {
  const [l, a, b] = toLab(color);
  return fromLab([l + (1 - l) * share, a * (1 - share * 0.6), b * (1 - share * 0.6)]);
}

/** Darker, and a little richer, as a shadow on something coloured is. */
export function darken(color: Color, share: number): Color {
  const [l, a, b] = toLab(color);
  return fromLab([l * (1 - share), a * (1 - share * 0.35), b * (1 - share * 0.35)]);
}

/** The line around something of this colour: the same hue, much darker, never black. */
export function inkOf(color: Color): Color {
  return mix(darken(color, 0.45), "#3a2433", 0.35);
}

/** From 0 (black) to 1 (white). */
export function lightnessOf(color: Color): number {
  return toLab(color)[0];
}

function toLab(color: Color): Lab {
  const value = Number.parseInt(color.slice(1), 16);
  const r = linear((value >> 16) & 255);
  const g = linear((value >> 8) & 255);
  const b = linear(value & 255);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([lightness, a, b]: Lab): Color {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, "0")}`;
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encoded(value: number): number {
  const clamped = Math.min(1, Math.max(0, value));
  const gamma = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
  return Math.round(gamma * 255);
}
