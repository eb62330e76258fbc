import { rgbaToThumbHash } from "thumbhash";
import type { Picture } from "./fit.ts";

/**
 * The blurred stand-in shown while a photo loads: a ThumbHash in base64, about 28 characters, which also tells the
 * photo's shape and average colour. Takes a picture of at most 100×100. https://evanw.github.io/thumbhash/
 */
export function placeholderOf(picture: Picture): string {
  const { width, height, pixels } = picture;
  const rgba = new Uint8Array(width * height * 4);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    rgba.set(pixels.subarray(from, from + 3), to);
    rgba[to + 3] = 255;
  }
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString("base64");
}
