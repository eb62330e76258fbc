import type { Search } from "../frame-route.ts";
import { isOneOf, isUuid } from "../shared/address.ts";

export const reservationFilters = ["active", "confirmed", "cancelled", "expired", "all"] as const;
export type ReservationFilter = (typeof reservationFilters)[number];

export interface ReservationsAddress {
  /** Default: active. */
  readonly state?: ReservationFilter;
  /** By whom a product is reserved. */
  readonly product?: string;
  readonly location?: string;
  readonly mine?: true;
}

export const readReservationsAddress = ({ state, product, location, mine }: Search): ReservationsAddress => ({
  ...(isOneOf(reservationFilters, state) && state !== "active" && { state }),
  ...(isUuid(product) && { product }),
  ...(isUuid(location) && { location }),
  ...(mine === true && { mine }),
});
