import type { StockAddress, StockSort } from "./address.ts";

export type SortDirection = "ascending" | "descending";

/** What the server can sort by, per column of the table: one press goes on to the next, the last to the first. */
const sortsOf: Readonly<Record<string, readonly StockSort[]>> = {
  product: ["name"],
  available: ["available", "-available"],
  expiry: ["expiry"],
};

/** How a column is sorted now: `none` where it could be, null where it cannot. */
export function sortingOf(columnId: string, { sort = "name" }: StockAddress): SortDirection | "none" | null {
  const sorts = sortsOf[columnId];
  if (sorts === undefined) return null;
  if (!sorts.includes(sort)) return "none";
  return sort.startsWith("-") ? "descending" : "ascending";
}

/** By what a press on the header of a column sorts. */
export function nextSort(columnId: string, { sort = "name" }: StockAddress): StockSort {
  const sorts = sortsOf[columnId] ?? [];
  return sorts[(sorts.indexOf(sort) + 1) % sorts.length] ?? sort;
}
