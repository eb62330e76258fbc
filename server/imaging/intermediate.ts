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
 * to the size of the largest variant, which then needs no second resize. Measured with `npm run bench -- imaging` on a
 * 6 MP photo: CPU against one plain shrink-on-load decode, and the least likeness (SSIM) of the four variants.
 *
 *     1 × the largest variant     1.76 ×   0.9826
 *     1.25 ×                      2.32 ×   0.9822   1.95 × and 0.9823 with sharp's `fastShrinkOnLoad`
 *     1.5 ×                       2.44 ×   0.9823   2.01 × and 0.9826
 *     2 ×                         2.67 ×   0.9824   the same
 *     four separate pipelines     3.75 ×
 *
 * Where the decoder cannot shrink, every pixel is decoded anyway; such photos are the smaller and harder ones, and
 * half as much again keeps `tablet` sharp for some 5 ms (0.986 instead of 0.979 on a detailed WebP).
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
