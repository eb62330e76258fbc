import { StoreError } from "./object-store.ts";

/** What the extensions of our keys stand for. A folder keeps no types, so the key carries it. */
const contentTypes: Readonly<Record<string, string>> = {
  avif: "image/avif",
  csv: "text/csv",
  gif: "image/gif",
  gz: "application/gzip",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  webp: "image/webp",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xml: "application/xml",
  zip: "application/zip",
};

const unknownContentType = "application/octet-stream";

export function contentTypeOfKey(key: string): string {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot < 0 ? "" : name.slice(dot + 1).toLowerCase();
  return (Object.hasOwn(contentTypes, extension) ? contentTypes[extension] : undefined) ?? unknownContentType;
}

/**
 * Refuses an object whose declared type is not the one its key stands for: it would be served as something else than it
 * is. Parameters (`; charset=utf-8`) are not compared. Returns the type to store.
 */
export function matchingContentType(key: string, contentType: string): string {
  const expected = contentTypeOfKey(key);
  const essence = contentType.split(";")[0]?.trim().toLowerCase();
  if (essence !== expected) {
    throw new StoreError(
      "invalid-key",
      key,
      `An object of type ${contentType} needs another key: ${key} is ${expected}.`,
    );
  }
  return expected;
}
