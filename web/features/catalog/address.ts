import type { ProductFilters } from "@bodega/sdk";

/** States of the main photo by which the list can be narrowed, as people look for them. */
export const photoStates = [
  "missing",
  "failed",
  "skipped",
  "generating",
  "retry_scheduled",
  "partial",
  "ready",
] as const;
export type PhotoStateFilter = (typeof photoStates)[number];

/** What the address of the catalogue says; a view can be shared by it. */
export interface CatalogAddress {
  readonly q?: string;
  readonly category?: string;
  readonly supplier?: string;
  readonly state?: PhotoStateFilter;
  readonly view?: "list";
  /** The product in the side sheet. */
  readonly product?: string;
}

/** Reads what is valid and leaves out the rest: an old or mistyped address still shows the catalogue. */
export function readCatalogAddress(search: Readonly<Record<string, unknown>>): CatalogAddress {
  const { q, category, supplier, state, view, product } = search;
  const text = typeof q === "number" ? String(q) : q;
  return {
    ...(typeof text === "string" && text.trim() !== "" && { q: text.slice(0, 200) }),
    ...(typeof category === "string" && category !== "" && { category: category.slice(0, 100) }),
    ...(isUuid(supplier) && { supplier }),
    ...(isPhotoState(state) && { state }),
    ...(view === "list" && { view }),
    ...(isUuid(product) && { product }),
  };
}

/** A page is as large as the server allows: fewer waits while one scrolls. */
export const pageSize = 100;

export function filtersOf({ q, category, supplier, state }: CatalogAddress): ProductFilters {
  return {
    limit: pageSize,
    ...(q !== undefined && { query: q }),
    ...(category !== undefined && { category }),
    ...(supplier !== undefined && { supplierId: supplier }),
    ...(state !== undefined && { imageState: state }),
  };
}

export const isNarrowed = ({ q, category, supplier, state }: CatalogAddress): boolean =>
  [q, category, supplier, state].some((part) => part !== undefined);

const isPhotoState = (value: unknown): value is PhotoStateFilter => photoStates.some((known) => known === value);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isUuid = (value: unknown): value is string => typeof value === "string" && uuid.test(value);
