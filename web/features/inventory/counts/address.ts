import type { Search } from "../frame-route.ts";

/** Which count is on the screen: one that is going on in this browser, or the report of one that was booked. */
export interface CountsAddress {
  readonly draft?: string;
  readonly report?: string;
}

export function readCountsAddress({ draft, report }: Search): CountsAddress {
  return { ...(isUuid(draft) && { draft }), ...(isUuid(report) && { report }) };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isUuid = (value: unknown): value is string => typeof value === "string" && uuid.test(value);
