import type { ObjectStore } from "../../foundation/storage/object-store.ts";

/** Of any model. */
const originalBytesMax = 64 * 1024 * 1024;

/** Keeps what a provider sent, byte by byte; answers its key. */
export async function keepOriginal(
  store: ObjectStore,
  place: { readonly storyId: string; readonly attemptId: string; readonly extension: string },
  bytes: Uint8Array,
  mimeType: string,
  signal: AbortSignal,
): Promise<string> {
  const key = `stories/${place.storyId}/originals/${place.attemptId}.${place.extension}`;
  await store.put(key, bytes, { contentType: mimeType, signal });
  return key;
}

export function readOriginal(store: ObjectStore, key: string): Promise<Uint8Array> {
  return store.get(key, { bytesMax: originalBytesMax });
}
