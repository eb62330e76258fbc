import type { VariantName } from "../../imaging/index.ts";

/** Everything of one product is under this prefix, and everything of one photo under the next; both end in a slash. */
export const productPrefix = (productId: string): string => `products/${productId}/`;
export const imagePrefix = (productId: string, imageId: string): string => `${productPrefix(productId)}${imageId}/`;

/** The place of a photo's original. Holds its hash, so that a key never stands for other bytes. */
export function originalKey(image: {
  readonly productId: string;
  readonly imageId: string;
  readonly sha256: string;
  readonly extension: string;
}): string {
  const name = `original-${image.sha256.slice(0, 16)}.${image.extension}`;
  return `${imagePrefix(image.productId, image.imageId)}${name}`;
}

/**
 * The place of a variant: under the signature, so that a new recipe never overwrites what browsers have kept, and under
 * the run that made it, so that two runs never share an object.
 */
export function variantKey(
  image: { readonly productId: string; readonly imageId: string },
  signature: string,
  run: string,
  variant: VariantName,
): string {
  return `${imagePrefix(image.productId, image.imageId)}${signature}/${run}/${variant}.jpg`;
}
