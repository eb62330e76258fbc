import { randomBytes } from "node:crypto";
import { access, constants, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { dataFolderError, EmbeddedPostgresError, systemErrorCode } from "./embedded-postgres-error.ts";

/** Where the embedded PostgreSQL keeps what it has, inside the data folder. */
export interface DataFolder {
  readonly root: string;
  /** PostgreSQL's own folder (PGDATA). */
  readonly cluster: string;
  /** The cluster while it is being made; renamed when complete, so half a cluster is never taken for one. */
  readonly unfinishedCluster: string;
  readonly passwordFile: string;
  /** The port of the latest start; taken again if free, so that URLs outlive a restart. */
  readonly portFile: string;
  readonly logFile: string;
  readonly lockFile: string;
}

const logSizeBytesMax = 10 * 1024 * 1024;

/** Creates the folder if needed. Throws `EmbeddedPostgresError` when it cannot be used. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const root = resolve(dataDir);
  try {
    await mkdir(root, { recursive: true });
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw dataFolderError(root, error);
  }
  return {
    root,
    cluster: join(root, "postgres"),
    unfinishedCluster: join(root, "postgres.unfinished"),
    passwordFile: join(root, "postgres-password"),
    portFile: join(root, "postgres-port"),
    logFile: join(root, "postgres.log"),
    lockFile: join(root, "postgres.lock"),
  };
}

/** The superuser's password. Throws when it is missing or not ours to read. */
export async function readPassword(folder: DataFolder): Promise<string> {
  const text = await readIfPresent(folder.passwordFile);
  if (text !== null && text.trim() !== "") return text.trim();
  throw new EmbeddedPostgresError(
    "data-folder",
    `The password of the embedded PostgreSQL is missing from ${folder.passwordFile}; put the file back from a backup, or move ${folder.cluster} away to start with an empty database.`,
  );
}

/** Makes the password before the first start, readable by its owner only. One that is there already is kept. */
export async function ensurePassword(folder: DataFolder): Promise<void> {
  const present = await readIfPresent(folder.passwordFile);
  if (present !== null && present.trim() !== "") return;
  const unfinished = `${folder.passwordFile}.unfinished`;
  try {
    await rm(unfinished, { force: true });
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(`${randomBytes(24).toString("base64url")}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, folder.passwordFile);
  } catch (error) {
    throw dataFolderError(folder.passwordFile, error);
  }
}

export async function readPort(folder: DataFolder): Promise<number | null> {
  const port = Number((await readIfPresent(folder.portFile)) ?? "");
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

export async function recordPort(folder: DataFolder, port: number): Promise<void> {
  try {
    await writeFile(folder.portFile, `${port}\n`);
  } catch (error) {
    throw dataFolderError(folder.portFile, error);
  }
}

/** Opens the server's log for appending; one that has grown past 10 MB becomes `postgres.log.1` first. */
export async function openLog(folder: DataFolder) {
  try {
    const file = await open(folder.logFile, "a", 0o600);
    const { size } = await file.stat();
    if (size <= logSizeBytesMax) return { file, sizeBytes: size };
    await file.close();
    await rename(folder.logFile, `${folder.logFile}.1`);
    return { file: await open(folder.logFile, "a", 0o600), sizeBytes: 0 };
  } catch (error) {
    throw dataFolderError(folder.logFile, error);
  }
}

/** What the server logged after `fromBytes`, at most the last 64 kB of it. */
export async function readLog(folder: DataFolder, fromBytes: number): Promise<string> {
  const file = await open(folder.logFile, "r");
  try {
    const { size } = await file.stat();
    const start = Math.max(fromBytes, size - 65_536);
    const { buffer, bytesRead } = await file.read({ position: start, buffer: Buffer.alloc(Math.max(size - start, 1)) });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Null when there is no such file; throws `EmbeddedPostgresError` when it cannot be read. */
export async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw dataFolderError(path, error);
  }
}

export async function statIfPresent(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw dataFolderError(path, error);
  }
}
