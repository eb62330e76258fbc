import { recipeVersion } from "./variants.ts";

/**
 * The signature of the thumbnails that today's recipe draws from an original: the first 16 hex digits of its SHA-256,
 * a dot and the recipe's version. Same signature, same bytes.
 *
 * @throws {TypeError} when `sha256Hex` is not 64 lower-case hex digits.
 */
export function thumbnailSignature(sha256Hex: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256Hex)) {
    throw new TypeError("A SHA-256 has 64 lower-case hex digits.");
  }
  return `${sha256Hex.slice(0, 16)}.${recipeVersion}`;
}

/** Whether thumbnails with this signature are those that today's recipe would draw from the original. */
export function isRecipeCurrent(signature: string | null | undefined, sha256Hex: string): boolean {
  return signature === thumbnailSignature(sha256Hex);
}
