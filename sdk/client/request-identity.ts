/** What makes one call findable from the browser to the job (W3C Trace Context §3.2; contracts, `x-request-id`). */
export interface RequestIdentity {
  readonly requestId: string;
  readonly traceId: string;
}

export function newRequestIdentity(): RequestIdentity {
  return { requestId: uuid(), traceId: hex(16) };
}

/** A new span of the same trace for every try, sampled. */
export const traceparentOf = (identity: RequestIdentity): string => `00-${identity.traceId}-${hex(8)}-01`;

/**
 * A UUID (version 4). `crypto.randomUUID` exists only in secure contexts, and a shop's tablet may well open
 * `http://192.168.…`; `getRandomValues` is there always.
 */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes.set([((bytes[6] ?? 0) & 0x0f) | 0x40], 6);
  bytes.set([((bytes[8] ?? 0) & 0x3f) | 0x80], 8);
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const hex = (length: number): string => hexOf(crypto.getRandomValues(new Uint8Array(length)));

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
