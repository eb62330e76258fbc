import type { Search } from "../frame-route.ts";
import { type BeginsWith, isOneOf, readBeginsWith } from "../shared/address.ts";

export const newMovementTypes = ["entry", "exit", "adjustment"] as const;
export type NewMovementType = (typeof newMovementTypes)[number];

export interface NewMovementAddress extends BeginsWith {
  /** Default: entry. */
  readonly type?: NewMovementType;
}

export const readNewMovementAddress = (search: Search): NewMovementAddress => ({
  ...readBeginsWith(search),
  ...(isOneOf(newMovementTypes, search.type) && search.type !== "entry" && { type: search.type }),
});
