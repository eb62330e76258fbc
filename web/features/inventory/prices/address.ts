import type { Search } from "../frame-route.ts";

export const priceStates = ["below_minimum", "below_suggested", "no_cost", "ok"] as const;
export type PriceStateFilter = (typeof priceStates)[number];

/** Which prices, whose price is looked at, or the rules. */
export interface PricesAddress {
  readonly q?: string;
  readonly category?: string;
  readonly state?: PriceStateFilter;
  readonly product?: string;
  readonly view?: "rules";
}

export function readPricesAddress({ q, category, state, product, view }: Search): PricesAddress {
  const text = typeof q === "number" ? String(q) : q;
  return {
    ...(typeof text === "string" && text.trim() !== "" && { q: text.slice(0, 200) }),
    ...(typeof category === "string" && category !== "" && { category: category.slice(0, 100) }),
    ...(isState(state) && { state }),
    ...(typeof product === "string" && uuid.test(product) && { product }),
    ...(view === "rules" && { view }),
  };
}

const isState = (value: unknown): value is PriceStateFilter => priceStates.some((known) => known === value);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
