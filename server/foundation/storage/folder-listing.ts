import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isAbsence } from "./folder-paths.ts";
import { isObjectKey } from "./object-key.ts";
import type { ObjectPage } from "./object-store.ts";

type ListedObject = ObjectPage["objects"][number];

/**
 * The objects under a folder in key order, lazily: at any time only the names of the folders on the way are in memory,
 * and folders whose keys all lie before `after` are not opened. Links, hidden files and names that cannot be keys are
 * passed over.
 *
 * Key order is that of the whole keys' bytes, as in S3, so a folder is sorted as its name with `/`: `a-b` < `a/x` < `a0`.
 */
export async function* listFolder(path: string, prefix: string, after: string): AsyncGenerator<ListedObject, void> {
  for (const entry of await sortedEntries(path)) {
    const key = `${prefix}${entry.name}`;
    if (entry.isFolder) {
      const inner = `${key}/`;
      if (inner > after || after.startsWith(inner)) yield* listFolder(join(path, entry.name), inner, after);
    } else if (key > after && isObjectKey(key)) {
      const object = await listedObject(join(path, entry.name), key);
      if (object !== null) yield object;
    }
  }
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly order: string;
}

async function sortedEntries(path: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const dirent of await entriesOf(path)) {
    const isFolder = dirent.isDirectory();
    if ((!isFolder && !dirent.isFile()) || dirent.name.startsWith(".")) continue;
    entries.push({ name: dirent.name, isFolder, order: isFolder ? `${dirent.name}/` : dirent.name });
  }
  return entries.sort((a, b) => (a.order < b.order ? -1 : 1));
}

/** A folder that is gone meanwhile holds nothing. */
async function entriesOf(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

async function listedObject(path: string, key: string): Promise<ListedObject | null> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? { key, sizeBytes: stats.size, modifiedAt: stats.mtime } : null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}
