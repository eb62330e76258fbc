import { fittedSize, type Size } from "./fit.ts";
import type { ImageType } from "./magic-bytes.ts";
import { variants } from "./variants.ts";

const largestBox: Size = {
  width: Math.max(...variants.map(({ width }) => width)),
  height: Math.max(...variants.map(({ height }) => height)),
};

/**
 * The size that a photo is decoded to, once, and that every variant is drawn from. Never larger than the photo.
 *
 * A JPEG that is much larger than its thumbnails is decoded at 1/2, 1/4 or 1/8 within its cosine transform, straight
 * to the size of the largest variant, which then needs no second resize. Measured on a 6 MP photo, CPU against one
 * plain shrink-on-load decode, and the least likeness (SSIM) of the four against a resize of the full-size decode
 * before encoding:
 *
 *     1 × the largest variant        1.5 to 1.85 ×   0.993
 *     1.25 ×                         1.95 ×          0.995
 *     1.5 ×                          1.9 to 2.2 ×    0.994
 *     2 ×                            2.6 ×           0.994
 *     four pipelines of their own    3.7 to 4.0 ×    0.969 with sharp's default shrink
 *
 * Where the decoder cannot shrink, every pixel is decoded anyway; such photos are the smaller and harder ones, and
 * half as much again keeps `tablet` sharp for some 5 ms (0.994 instead of 0.991 on a detailed WebP).
 */
export function intermediateSize(photo: Size, type: ImageType): Size {
  const fitted = fittedSize(photo, largestBox);
  const shrink = Math.min(photo.width / fitted.width, photo.height / fitted.height);
  const scale = type.mimeType === "image/jpeg" && shrink >= shrinkOnLoadFrom ? 1 : 1.5;
  return {
    width: Math.min(photo.width, Math.round(fitted.width * scale)),
    height: Math.min(photo.height, Math.round(fitted.height * scale)),
  };
}

/** sharp leaves at least a factor of two to the resize after the decoder's own shrink (`fastShrinkOnLoad: false`). */
const shrinkOnLoadFrom = 4;
