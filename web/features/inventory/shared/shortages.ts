import { BodegaError } from "@bodega/sdk";

export interface Shortage {
  readonly productId: string;
  readonly locationId: string;
  readonly requested: string;
  readonly available: string;
}

/** Which lines a refusal for want of stock names; none for any other error. */
export function shortagesIn(error: unknown): readonly Shortage[] {
  if (!(error instanceof BodegaError) || error.code !== "INSUFFICIENT_STOCK") return [];
  return error.errors.flatMap((detail) => {
    const { productId, locationId, requested, available } = { ...detail };
    return typeof productId === "string" &&
      typeof locationId === "string" &&
      typeof requested === "string" &&
      typeof available === "string"
      ? [{ productId, locationId, requested, available }]
      : [];
  });
}
