import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UsageError } from "./failure.ts";

export interface FolderFile {
  readonly name: string;
  readonly path: string;
  /** Why it is no file to import; null when it is one. */
  readonly unfit: string | null;
}

/** What is directly in a folder, by name. Throws `UsageError` when it cannot be read. */
export async function listFolder(folder: string): Promise<readonly FolderFile[]> {
  try {
    const names = (await readdir(folder)).sort();
    return await Promise.all(names.map((name) => describeFile(name, join(folder, name))));
  } catch (error) {
    throw new UsageError(`The folder ${folder} cannot be read: ${messageOf(error)}`);
  }
}

async function describeFile(name: string, path: string): Promise<FolderFile> {
  if (name.startsWith(".")) return { name, path, unfit: "a hidden file" };
  const entry = await stat(path).catch((error: unknown) => reasonOf(error));
  if (typeof entry === "string") return { name, path, unfit: entry };
  if (entry.isDirectory()) return { name, path, unfit: "a folder" };
  return { name, path, unfit: entry.isFile() ? null : "not a file" };
}

/** A link whose end is gone is one thing; a file that may not be looked at is another, and is said. */
function reasonOf(error: unknown): string {
  const isGone = error instanceof Error && "code" in error && error.code === "ENOENT";
  return isGone ? "it leads nowhere" : `it cannot be looked at: ${messageOf(error)}`;
}
