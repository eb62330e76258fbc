import { type Color, inkOf } from "./color.ts";

/** A piece of SVG. Nothing of it comes from a prompt: words choose what is drawn, they are never written into it. */
export type Svg = string;

export interface Paint {
  /** A colour, or `url(#…)` of a gradient. */
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: string;
}

export const none: Svg = "";

export function path(d: string, paint: Paint): Svg {
  return `<path d="${d}"${attributesOf(paint)}/>`;
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, paint: Paint): Svg {
  return `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(Math.max(0, rx))}" ry="${n(Math.max(0, ry))}"${attributesOf(paint)}/>`;
}

export function circle(cx: number, cy: number, r: number, paint: Paint): Svg {
  return ellipse(cx, cy, r, r, paint);
}

/** With rounded corners of radius `r`. */
export function box(x: number, y: number, width: number, height: number, r: number, paint: Paint): Svg {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(r)}"${attributesOf(paint)}/>`;
}

export function line(d: string, stroke: string, width: number, opacity?: number): Svg {
  return path(d, { fill: "none", stroke, width, ...(opacity === undefined ? {} : { opacity }) });
}

/** A limb, a tail, a rope: a line with an outline of its own colour. */
export function tube(d: string, color: Color, width: number, outline = 1.6): Svg {
  return line(d, inkOf(color), width + outline * 2) + line(d, color, width);
}

/** Filled, and outlined in the dark of its own colour: how everything near is drawn. */
export function outlined(color: Color, width = 1.6): Paint {
  return { fill: color, stroke: inkOf(color), width };
}

export interface Placement {
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  /** Degrees, clockwise, about the piece's own origin. */
  readonly turn?: number;
  readonly isMirrored?: boolean;
  readonly opacity?: number;
}

export function placed(piece: Svg, placement: Placement): Svg {
  const { x = 0, y = 0, scale = 1, turn = 0, isMirrored = false, opacity } = placement;
  const parts = [`translate(${n(x)} ${n(y)})`];
  if (turn !== 0) parts.push(`rotate(${n(turn)})`);
  if (scale !== 1 || isMirrored) parts.push(`scale(${n(isMirrored ? -scale : scale)} ${n(scale)})`);
  return `<g transform="${parts.join(" ")}"${opacity === undefined ? "" : ` opacity="${n(opacity)}"`}>${piece}</g>`;
}

/** Two decimals are a fiftieth of a pixel; more would only make the text longer. */
export function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function attributesOf({ fill, stroke, width, opacity, dash }: Paint): string {
  let text = fill === undefined ? "" : ` fill="${fill}"`;
  if (stroke !== undefined) text += ` stroke="${stroke}" stroke-width="${n(width ?? 1.6)}"`;
  if (dash !== undefined) text += ` stroke-dasharray="${dash}"`;
  if (opacity !== undefined) text += ` opacity="${n(opacity)}"`;
  return text;
}
