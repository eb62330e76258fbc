import { compareDecimals, subtractDecimals } from "../../../shared/format/decimal.ts";
import type { StockLevel } from "../shared/inventory-queries.ts";

/** A place that goods can be taken from, and how much of them is free there. */
export interface Place {
  readonly locationId: string;
  readonly name: string;
  readonly available: string;
}

/** All places in use, with what of a product is free there: also nothing. */
export function placesOf(
  locations: readonly { readonly id: string; readonly name: string }[],
  levels: readonly Pick<StockLevel, "locationId" | "available">[],
): readonly Place[] {
  const free = new Map(levels.map(({ locationId, available }) => [locationId, available]));
  return locations.map(({ id, name }) => ({ locationId: id, name, available: free.get(id) ?? "0" }));
}

/**
 * Where a line is taken from while nobody has said: where one works if there is enough, else where there is most; the
 * place where one works wherever it makes no difference. Null: there is no place at all.
 */
export function defaultPlace(places: readonly Place[], quantity: string, workplace: string | null): Place | null {
  const own = places.find(({ locationId }) => locationId === workplace) ?? places[0] ?? null;
  if (own === null || compareDecimals(own.available, quantity) >= 0) return own;
  return places.reduce((best, place) => (compareDecimals(place.available, best.available) > 0 ? place : best), own);
}

export interface Split {
  /** Stays with the line. */
  readonly here: string;
  readonly rest: string;
  readonly from: Place;
}

/** How a line could be divided whose place has some of it and not enough; null where no other has the rest. */
export function splitOf(places: readonly Place[], place: Place, quantity: string): Split | null {
  if (compareDecimals(place.available, "0") <= 0 || compareDecimals(place.available, quantity) >= 0) return null;
  const rest = subtractDecimals(quantity, place.available);
  const others = places.filter(({ locationId }) => locationId !== place.locationId);
  const from = defaultPlace(others, rest, null);
  return from === null || compareDecimals(from.available, rest) < 0 ? null : { here: place.available, rest, from };
}
