import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isAbsence } from "./folder-paths.ts";

/** Removes the files directly in `folder` last written before `writtenBefore` (ms since 1970); returns how many. */
export async function removeAbandonedFiles(folder: string, writtenBefore: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const writtenAt = await modifiedAtOf(path);
    if (writtenAt === null || writtenAt >= writtenBefore) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

/** Null when the file is gone: its upload was completed, or another instance tidied. */
async function modifiedAtOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}
