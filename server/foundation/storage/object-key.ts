import { StoreError } from "./object-store.ts";

/** S3's limit; characters are ASCII, so bytes and characters count the same. */
const keyBytesMax = 1024;
/** The longest name that common file systems take. */
const segmentBytesMax = 255;
/** No leading dot (`.`, `..`, hidden files, the store's own folders) and no trailing one (Windows drops it). */
const segmentPattern = /^(?!\.)[A-Za-z0-9._-]*[A-Za-z0-9_-]$/;

/**
 * The one judge of keys: segments of `[A-Za-z0-9._-]` joined by `/`, so that a key means the same in a path, in a URL
 * and in S3, and can never leave its folder. Returns the key; throws `StoreError` `invalid-key`.
 */
export function objectKey(key: string): string {
  const fault = keyFault(key);
  if (fault !== null) throw new StoreError("invalid-key", shown(key), `${shown(key)} is not a key: ${fault}.`);
  return key;
}

export function isObjectKey(key: string): boolean {
  return keyFault(key) === null;
}

/** A prefix to list by: empty (everything) or a key followed by `/`. Throws `StoreError` `invalid-key`. */
export function objectPrefix(prefix: string): string {
  if (prefix === "") return prefix;
  if (!prefix.endsWith("/")) {
    throw new StoreError("invalid-key", shown(prefix), `${shown(prefix)} is not a prefix: it does not end in "/".`);
  }
  objectKey(prefix.slice(0, -1));
  return prefix;
}

/** The same, but not empty: nothing in the product may remove everything by a slip. */
export function removablePrefix(prefix: string): string {
  if (prefix === "") throw new StoreError("invalid-key", "", "An empty prefix would remove everything.");
  return objectPrefix(prefix);
}

function keyFault(key: string): string | null {
  if (key === "") return "it is empty";
  if (key.length > keyBytesMax) return `it is longer than ${keyBytesMax} characters`;
  for (const segment of key.split("/")) {
    if (segment === "") return "a part of it is empty";
    if (segment.length > segmentBytesMax) return `a part of it is longer than ${segmentBytesMax} characters`;
    if (!segmentPattern.test(segment)) {
      return "its parts may hold only A-Z a-z 0-9 . _ - and may neither begin nor end with a dot";
    }
  }
  return null;
}

/** Bounded and escaped: what is refused here may come from outside and ends up in logs. */
function shown(key: string): string {
  return JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
}
