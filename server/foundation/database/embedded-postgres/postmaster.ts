import { execFile } from "node:child_process";
import { readdir, readlink, realpath, rm } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type DataFolder, readIfPresent } from "./data-folder.ts";
import { EmbeddedPostgresError, systemErrorCode } from "./embedded-postgres-error.ts";
import { locatePostgresBinaries } from "./postgres-binaries.ts";

const run = promisify(execFile);
const pollMs = 10;
const fastShutdownMsMax = 20_000;
const immediateShutdownMsMax = 10_000;

/** What a server says of itself in `postmaster.pid`. A killed server leaves the file behind. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** Reads `postmaster.pid`: lines 1, 4 and 8 (PostgreSQL, `miscadmin.h`, LOCK_FILE_LINE_*). Null if there is none. */
export async function readPostmaster(folder: DataFolder): Promise<Postmaster | null> {
  const lines = (await readIfPresent(`${folder.cluster}/postmaster.pid`))?.split("\n") ?? [];
  const pid = Number.parseInt(lines[0] ?? "", 10);
  const port = Number.parseInt(lines[3] ?? "", 10);
  if (!(pid > 0) || !(port > 0)) return null;
  return { pid, port, isReady: lines[7]?.trim() === "ready" };
}

/** Whether `pid` lives and is a server of this folder, not another program that got the number of a dead one. */
export async function isPostmasterAlive(folder: DataFolder, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === "linux") return worksIn(pid, folder.cluster);
  if (process.platform === "win32") return true;
  // `ps` fails when the process is gone.
  const command = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return command.stdout.includes("postgres");
}

/**
 * Clears what a killed server left behind, so that the next one can start. To be called under the start lock.
 *
 * Its processes end on their own, but one amid a long statement may take minutes to notice, and until then keeps the
 * shared memory. Ending them is the same crash that recovery is made for. Where there is no /proc to know them by, they
 * are waited for.
 */
export async function clearDeadPostmaster(folder: DataFolder): Promise<void> {
  const postmaster = await readPostmaster(folder);
  if (postmaster === null || (await isPostmasterAlive(folder, postmaster.pid))) return;
  for (const pid of process.platform === "linux" ? await orphans(folder) : []) await signal(pid, "SIGKILL");
  // PostgreSQL itself would take any live process with the number in the file for its predecessor.
  if (isAlive(postmaster.pid)) await rm(`${folder.cluster}/postmaster.pid`, { force: true });
}

async function orphans(folder: DataFolder): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(
    pids.map(async (pid) => (await runsPostgres(pid)) && (await worksIn(pid, folder.cluster))),
  );
  return pids.filter((_, index) => found[index]);
}

async function runsPostgres(pid: number): Promise<boolean> {
  try {
    return /^postgres\b/.test(basename(await readlink(`/proc/${pid}/exe`)));
  } catch {
    // Gone meanwhile, the kernel's, or not ours to look at: none of them is one of ours.
    return false;
  }
}

/** True also when it cannot be signalled by us. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

/** A server works in its data folder. A process that ended but was not yet waited for (zombie) works nowhere. */
async function worksIn(pid: number, path: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(path));
  } catch (error) {
    // Not ours to look at, so it cannot be told apart: better to wait for it than to start a second server.
    return systemErrorCode(error) === "EACCES";
  }
}

/**
 * Stops the server: connections are closed, the data is written out. One that takes longer than 20 s is ended at once
 * (it recovers at the next start). Throws `EmbeddedPostgresError` if it survives that too.
 */
export async function stopPostmaster(folder: DataFolder, pid: number): Promise<void> {
  await signal(pid, "SIGINT");
  if (await isGone(folder, pid, fastShutdownMsMax)) return;
  await signal(pid, "SIGQUIT");
  if (await isGone(folder, pid, immediateShutdownMsMax)) return;
  throw new EmbeddedPostgresError("server", `The embedded PostgreSQL (process ${pid}) does not stop; end it yourself.`);
}

async function signal(pid: number, name: "SIGINT" | "SIGQUIT" | "SIGKILL"): Promise<void> {
  if (process.platform === "win32") {
    // Windows has no signals; PostgreSQL brings its own.
    const { pgCtl } = await locatePostgresBinaries();
    await run(pgCtl, ["kill", name.slice("SIG".length), String(pid)]);
    return;
  }
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemErrorCode(error) !== "ESRCH") throw error;
  }
}

async function isGone(folder: DataFolder, pid: number, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (await isPostmasterAlive(folder, pid)) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}
