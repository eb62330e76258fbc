import { BodegaError } from "@bodega/sdk";

export interface Shortage {
  readonly productId: string;
  readonly requested: string;
  readonly available: string;
}

/** Which lines a refusal for want of stock names, by product; empty for any other error. */
export function shortagesIn(error: unknown): ReadonlyMap<string, Shortage> {
  if (!(error instanceof BodegaError) || error.code !== "INSUFFICIENT_STOCK") return new Map();
  return new Map(
    error.errors.flatMap((detail): [string, Shortage][] => {
      const { productId, requested, available } = { ...detail };
      return typeof productId === "string" && typeof requested === "string" && typeof available === "string"
        ? [[productId, { productId, requested, available }]]
        : [];
    }),
  );
}
