import type { Search } from "../frame-route.ts";
import { isOneOf, isUuid } from "../shared/address.ts";

export const movementTypes = ["entry", "exit", "adjustment", "transfer_in", "transfer_out", "sale", "receipt"] as const;
export type MovementType = (typeof movementTypes)[number];

/** What the address of a ledger says. */
export interface LedgerAddress {
  readonly type?: MovementType;
  readonly location?: string;
  /** One act, all of its movements. */
  readonly document?: string;
}

export function readLedgerAddress({ type, location, document }: Search): LedgerAddress {
  return {
    ...(isOneOf(movementTypes, type) && { type }),
    ...(isUuid(location) && { location }),
    ...(isUuid(document) && { document }),
  };
}
