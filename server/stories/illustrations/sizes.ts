import type { ImageSize, ImageType } from "../types.ts";

/** Without a wish, the character stands on a square sheet and the pages are upright, as books are. */
export function usualSize(imageType: ImageType): ImageSize {
  return imageType === "character" ? "1024x1024" : "1024x1536";
}
