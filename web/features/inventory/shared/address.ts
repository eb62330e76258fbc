import type { Search } from "../frame-route.ts";
import { readQuantity } from "./read-quantity.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (value: unknown): value is string => typeof value === "string" && uuid.test(value);

export const isOneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value =>
  values.some((known) => known === value);

/** A product that a form begins with. */
export interface BeginsWith {
  readonly product?: string;
  /** A decimal above 0. */
  readonly quantity?: string;
}

/** Reads what is valid and leaves out the rest: an old or mistyped address still shows the form. */
export function readBeginsWith({ product, quantity }: Search): BeginsWith {
  const amount = typeof quantity === "string" || typeof quantity === "number" ? readQuantity(String(quantity)) : null;
  return { ...(isUuid(product) && { product }), ...(amount !== null && { quantity: amount }) };
}
