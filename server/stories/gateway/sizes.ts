import { storyProblems } from "../errors.ts";
import { type ImageSize, imageSizes } from "../types.ts";
import type { Resolution } from "./image-request.ts";

/** A ratio and the pixels in which a model makes it. */
export interface Frame {
  /** `2:3` */
  readonly ratio: string;
  readonly width: number;
  readonly height: number;
}

/** What each size that may be asked for stands for (requirement 05, *Mapa de tamaños*). */
export const ratioOfSize: Readonly<Record<ImageSize, string>> = {
  "1024x1536": "2:3",
  "1024x1024": "1:1",
  "1792x1024": "16:9",
  "1024x1792": "9:16",
};

/** Throws UNSUPPORTED_SIZE, before anything costs anything. */
export function parseImageSize(text: string): ImageSize {
  const size = imageSizes.find((known) => known === text);
  if (size !== undefined) return size;
  throw storyProblems.UNSUPPORTED_SIZE({
    detail: `Pictures are made in ${imageSizes.join(", ")}.`,
    errors: [{ path: "size", message: `must be one of ${imageSizes.join(", ")}` }],
  });
}

export const resolutionOf = ({ width, height }: { readonly width: number; readonly height: number }): Resolution =>
  `${width}x${height}`;

/** Of what `resolutionOf` wrote; throws for anything else. */
export function pixelsOf(resolution: string): { readonly width: number; readonly height: number } {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(resolution) ?? [];
  if (width === undefined || height === undefined) throw new Error(`${resolution} is no resolution`);
  return { width: Number(width), height: Number(height) };
}
