import type { ImageModel } from "../models.ts";

/** Dollars for a million tokens are millionths of a dollar for one. Rounded up to whole ones. */
export function costOfTokens(
  model: ImageModel,
  tokens: { readonly textIn: number; readonly imageIn: number; readonly textOut: number; readonly imageOut: number },
): number {
  const { prices } = model;
  return Math.ceil(
    tokens.textIn * prices.textIn +
      tokens.imageIn * prices.imageIn +
      tokens.textOut * prices.textOut +
      tokens.imageOut * prices.imageOut,
  );
}
