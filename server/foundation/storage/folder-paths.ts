import type { BigIntStats } from "node:fs";
import { lstat, mkdir, open, realpath, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "./filesystem-error.ts";
import { StoreError } from "./object-store.ts";

export interface ExistingFile {
  readonly path: string;
  readonly stats: BigIntStats;
}

/** Not empty, already gone, in use, or not ours to remove: none of it takes back the removal of the object. */
const reasonsToKeepFolder: ReadonlySet<string> = new Set(["ENOTEMPTY", "EEXIST", "ENOENT", "EBUSY", "EACCES", "EPERM"]);

/**
 * Ways from keys to places under one root. Symbolic links under the root are never followed, wherever they lead: the
 * real path of a place must be the root's own followed by the key. (The root itself may be a link.)
 */
export class FolderPaths {
  readonly #root: string;
  #realRoot: string | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  async root(): Promise<string> {
    if (this.#realRoot === null) {
      await mkdir(this.#root, { recursive: true });
      this.#realRoot = await realpath(this.#root);
    }
    return this.#realRoot;
  }

  async of(key: string): Promise<string> {
    return join(await this.root(), ...key.split("/"));
  }

  /** The regular file of this key, or null when there is none. */
  async existingFile(key: string): Promise<ExistingFile | null> {
    const path = await this.of(key);
    try {
      if ((await realpath(path)) !== path) throw throughLink(key);
      const stats = await lstat(path, { bigint: true });
      return stats.isFile() ? { path, stats } : null;
    } catch (error) {
      if (isAbsence(error)) return null;
      throw error;
    }
  }

  /** The folder that holds this key's file, made if need be, and its name made durable. */
  async makeParent(key: string): Promise<void> {
    let path = await this.root();
    for (const segment of key.split("/").slice(0, -1)) {
      const parent = path;
      path = join(parent, segment);
      if (await makeFolder(path, key)) await syncFolder(parent);
    }
  }

  /** Removes the folders that this key's removal left empty; stops at the first that is not. */
  async removeEmptyParents(key: string): Promise<void> {
    const root = await this.root();
    let path = dirname(await this.of(key));
    while (path !== root) {
      try {
        await rmdir(path);
      } catch (error) {
        if (reasonsToKeepFolder.has(errorCode(error) ?? "")) return;
        throw error;
      }
      path = dirname(path);
    }
  }
}

/** Makes a new name in this folder survive a power cut. Windows cannot open folders, and needs no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** `ENOTDIR`: what should be a folder on the way is a file. `ELOOP` is not absence: someone laid links. */
export function isAbsence(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Returns whether it was made now. Refuses a link or a file in its place. */
async function makeFolder(path: string, key: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    const stats = await lstat(path);
    if (stats.isDirectory()) return false;
    if (stats.isSymbolicLink()) throw throughLink(key);
    throw new StoreError("permanent", key, `The first part of ${key} is itself an object.`, error);
  }
}

function throughLink(key: string): StoreError {
  return new StoreError("permanent", key, `The way to ${key} leads through a symbolic link, which is not followed.`);
}
