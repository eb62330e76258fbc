import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { dataFolderError, EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** SQLITE_BUSY: somebody else has it. */
const sqliteBusy = 5;
const waitMsMax = 120_000;
const pollMs = 20;

/**
 * Runs `work` while no other process starts, adopts or stops the server of this data folder.
 *
 * The lock is the operating system's, taken through SQLite (the one way to it that Node carries on every platform): it
 * is gone the moment its holder dies, so there is no stale lock to judge. Throws `EmbeddedPostgresError` ("busy") after
 * two minutes, and the signal's reason when aborted while waiting.
 */
export async function withStartLock<T>(path: string, signal: AbortSignal | null, work: () => Promise<T>): Promise<T> {
  const lock = openLock(path);
  try {
    const deadline = Date.now() + waitMsMax;
    while (!tryLock(lock, path)) {
      if (Date.now() > deadline) {
        throw new EmbeddedPostgresError(
          "busy",
          `Another process has been starting or stopping the embedded PostgreSQL for ${waitMsMax / 1000} s (it holds ${path}); end that process and try again.`,
        );
      }
      await sleep(pollMs, undefined, signal === null ? {} : { signal });
    }
    return await work();
  } finally {
    lock.close();
  }
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw dataFolderError(path, error);
  }
}

function tryLock(lock: DatabaseSync, path: string): boolean {
  try {
    // Without a journal in memory, a file of its own would be left behind by a holder that dies.
    lock.exec("pragma journal_mode = memory; begin exclusive");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return false;
    throw dataFolderError(path, error);
  }
}
