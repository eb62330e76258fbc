/**
 * The one table of thumbnails. What is drawn, stored, deleted, audited and shown derives from it.
 * From the smallest to the largest; sizes are in pixels of the white canvas, which the whole photo is fitted into.
 */
export const variants = [
  { name: "minithumb", width: 40, height: 40 },
  { name: "mobile", width: 190, height: 153 },
  { name: "tablet", width: 300, height: 230 },
  { name: "desktop", width: 320, height: 260 },
] as const satisfies readonly VariantBox[];

export type VariantName = "minithumb" | "mobile" | "tablet" | "desktop";

export interface VariantBox {
  readonly name: VariantName;
  readonly width: number;
  readonly height: number;
}

/** The variant without which a photo has no thumbnail at all; the others may follow later. */
export const essentialVariant: VariantName = "desktop";

/**
 * Raise it whenever the same original would give other bytes: the table above, the recipe (`recipe.ts`) or an image
 * library that draws differently. Every photo drawn with another version is stale from then on, and is renewed.
 */
export const recipeVersion = 1;
