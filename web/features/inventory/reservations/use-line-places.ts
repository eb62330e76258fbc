import { useQueries, useQuery } from "@tanstack/react-query";
import { locationsQuery } from "../picking/locations.ts";
import type { DraftLine } from "../shared/draft-lines.ts";
import { levelsOfProductQuery } from "../shared/inventory-queries.ts";
import { readQuantity } from "../shared/read-quantity.ts";
import { defaultPlace, type Place, placesOf } from "./line-location.ts";

export interface LinePlaces {
  readonly places: readonly Place[];
  /** Chosen, or by default. */
  readonly place: Place | null;
}

/** Where the lines of a reservation can be taken from, as the stock is now. */
export function useLinePlaces(lines: readonly DraftLine[], workplace: string | null) {
  const locations = useQuery(locationsQuery);
  const productIds = [...new Set(lines.map(({ product }) => product.id))];
  const levels = useQueries({ queries: productIds.map(levelsOfProductQuery) });
  const placesByProduct = new Map(
    productIds.map((id, index) => [id, placesOf(locations.data ?? [], levels[index]?.data ?? [])] as const),
  );
  const of = ({ product, quantity, locationId }: DraftLine): LinePlaces => {
    const places = placesByProduct.get(product.id) ?? [];
    const chosen = places.find((place) => place.locationId === locationId);
    return { places, place: chosen ?? defaultPlace(places, readQuantity(quantity) ?? "0", workplace) };
  };
  // What cannot be read is no reason to wait: the server knows whether there is enough.
  return { of, isReading: [locations, ...levels].some(({ isPending }) => isPending) };
}
