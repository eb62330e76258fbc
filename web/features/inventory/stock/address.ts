import type { Search } from "../frame-route.ts";
import { isOneOf, isUuid } from "../shared/address.ts";

export const stockViews = ["low", "out", "expiring", "reserved"] as const;
export type StockView = (typeof stockViews)[number];

export const stockSorts = ["name", "available", "-available", "expiry"] as const;
export type StockSort = (typeof stockSorts)[number];

/** What the address of the stock says; a view can be shared by it. */
export interface StockAddress {
  readonly q?: string;
  readonly location?: string;
  readonly view?: StockView;
  /** Default: by name. */
  readonly sort?: StockSort;
}

/** Reads what is valid and leaves out the rest: an old or mistyped address still shows the stock. */
export function readStockAddress({ q, location, view, sort }: Search): StockAddress {
  const text = typeof q === "number" ? String(q) : q;
  return {
    ...(typeof text === "string" && text.trim() !== "" && { q: text.slice(0, 200) }),
    ...(isUuid(location) && { location }),
    ...(isOneOf(stockViews, view) && { view }),
    ...(isOneOf(stockSorts, sort) && sort !== "name" && { sort }),
  };
}
