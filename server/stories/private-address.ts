import type { ObjectStore } from "../foundation/storage/object-store.ts";

const windowMs = 10 * 60_000;
const lifeMs = 3_600_000;

/** The end of an address that is given out now: 50 to 60 minutes ahead, the same for ten minutes, so that browsers need
 * not fetch again what they have (contracts: signed, 1 h). */
export function addressEnd(now: Date = new Date()): Date {
  return new Date(Math.floor(now.getTime() / windowMs) * windowMs + lifeMs);
}

export interface PrivateAddress {
  readonly url: string;
  readonly urlExpiresAt: string;
}

/** Where a picture or a book of a story can be fetched for the next hour. `fileName`: to be saved under, not shown. */
export async function privateAddress(
  store: Pick<ObjectStore, "signedUrl">,
  key: string,
  fileName?: string,
): Promise<PrivateAddress> {
  const expiresAt = addressEnd();
  const url = await store.signedUrl(key, { expiresAt, ...(fileName !== undefined && { fileName }) });
  return { url, urlExpiresAt: expiresAt.toISOString() };
}
