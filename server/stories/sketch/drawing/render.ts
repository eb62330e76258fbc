import { renderAsync } from "@resvg/resvg-js";
import sharp from "sharp";
import type { Definitions } from "./definitions.ts";
import { paperGrain } from "./paper.ts";
import type { Svg } from "./svg.ts";

const paper = paperGrain();

/** The canvas in units of drawing: the shorter side is always 1000, so a drawing has the same size in every format. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

export function frameOf(widthPixels: number, heightPixels: number): Frame {
  const unit = 1000 / Math.min(widthPixels, heightPixels);
  return { width: widthPixels * unit, height: heightPixels * unit };
}

/** An opaque PNG. Rendered outside the event loop; no fonts are read, for there is no text. */
export async function renderPng(
  drawing: Svg,
  definitions: Definitions,
  frame: Frame,
  widthPixels: number,
  heightPixels: number,
): Promise<Uint8Array> {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPixels}" height="${heightPixels}" ` +
    `viewBox="0 0 ${frame.width} ${frame.height}" preserveAspectRatio="none" stroke-linecap="round" stroke-linejoin="round">` +
    `${definitions.toSvg()}${drawing}</svg>`;
  const rendered = await renderAsync(svg, { font: { loadSystemFonts: false }, background: "#ffffff" });
  const { width, height } = rendered;
  const drawn = sharp(rendered.pixels, { raw: { width, height, channels: 4 } }).removeAlpha();
  const hasGrain = Math.min(width, height) >= paper.raw.width;
  if (hasGrain) drawn.composite([{ ...paper, tile: true, blend: "soft-light" }]);
  return drawn.png({ compressionLevel: 6 }).toBuffer();
}
