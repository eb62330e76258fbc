import { StoreError } from "./object-store.ts";

/** Faults that pass by themselves: too many open files, a device or network file system that hiccups. */
const transientCodes: ReadonlySet<string> = new Set([
  "EMFILE",
  "ENFILE",
  "EAGAIN",
  "EINTR",
  "EIO",
  "EBUSY",
  "ENOMEM",
  "ESTALE",
  "ETIMEDOUT",
]);

const explanations: Readonly<Record<string, string>> = {
  EACCES: "this process may not do that to the folder; give its user read and write permission",
  EPERM: "this process may not do that to the folder; give its user read and write permission",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "other objects lie under this key, so in a folder it cannot be an object itself",
  ENOTEMPTY: "other objects lie under this key, so in a folder it cannot be an object itself",
  ENOTDIR: "the first part of this key is itself an object",
  ENAMETOOLONG: "the path is longer than the file system allows",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EIO: "the device failed to read or write",
};

/** `doing` is what was tried, in English and without the key: `write`, `read` … */
export function storeErrorOfFilesystem(key: string, doing: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = errorCode(error) ?? "unknown fault";
  if (code === "ENOENT") return missingObject(key);
  const kind = transientCodes.has(code) ? "transient" : "permanent";
  const explanation = Object.hasOwn(explanations, code) ? `: ${explanations[code]}` : "";
  return new StoreError(kind, key, `Could not ${doing} ${key} (${code})${explanation}.`, error);
}

export function missingObject(key: string, cause?: unknown): StoreError {
  return new StoreError("missing", key, `There is no object ${key}.`, cause);
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
