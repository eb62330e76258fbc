import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { ensureCluster } from "./cluster.ts";
import { type DataFolder, openLog, readLog, readPassword, readPort, recordPort } from "./data-folder.ts";
import { EmbeddedPostgresError, systemErrorCode } from "./embedded-postgres-error.ts";
import { locatePostgresBinaries } from "./postgres-binaries.ts";
import { clearDeadPostmaster, isPostmasterAlive, readPostmaster, stopPostmaster } from "./postmaster.ts";
import { type Launch, serverAccount } from "./server-account.ts";
import { connectToServer, joinServer, serverHost } from "./server-connection.ts";
import { type ServerSettings, serverSettings } from "./server-settings.ts";
import { explainFailure, isPortTaken, isStillEnding } from "./start-failure.ts";

/** Below the ports that systems give to outgoing connections (Linux: from 32768), so a restart finds its port free. */
const portMin = 15_432;
const portMax = 32_000;
const portTriesMax = 50;

/** Recovery after a crash reads at most `max_wal_size` of log. */
const readyMsMax = 90_000;
/** How long the processes of a killed server, or a port, may take to become free. */
const obstacleMsMax = 20_000;
const pollMs = 10;
const retryMs = 100;

export interface ServerInUse {
  /** Holds our place among the server's users. */
  readonly client: pg.Client;
  readonly port: number;
  readonly started: boolean;
}

interface StartOptions {
  /** Take this port or fail: others know it. Null: any free one, by preference the latest. */
  readonly port: number | null;
  readonly settings: ServerSettings;
}

/** Adopts the server that runs on the folder, or starts one, and joins its users. To be called under the start lock. */
export async function adoptOrStart(folder: DataFolder, options: StartOptions): Promise<ServerInUse> {
  const running = await adopt(folder);
  if (running !== null) return running;

  const launch = await prepareLaunch(folder, options.settings);
  const deadline = Date.now() + obstacleMsMax;
  for (;;) {
    const port = options.port ?? (await choosePort(folder));
    await recordPort(folder, port);
    const obstacle = await start(folder, launch(port));
    if (obstacle === null) {
      const server = await adoptOwn(folder);
      if (server !== null) return { ...server, started: true };
    }
    if (Date.now() > deadline) throw explainFailure(obstacle ?? "it ended at once", folder.logFile);
    await sleep(retryMs);
    // Another one may have been on its way up: its starter was killed before it left a trace.
    const other = await adopt(folder);
    if (other !== null) return other;
  }
}

/** Joins the server that runs on the folder, waiting while it starts, recovers or shuts down; null if there is none. */
async function adopt(folder: DataFolder): Promise<ServerInUse | null> {
  const deadline = Date.now() + readyMsMax;
  for (;;) {
    const postmaster = await readPostmaster(folder);
    if (postmaster === null || !(await isPostmasterAlive(folder, postmaster.pid))) return null;
    try {
      const client = await connectToServer(folder, postmaster.port, joinServer);
      return { client, port: postmaster.port, started: false };
    } catch (cause) {
      if (cause instanceof EmbeddedPostgresError) throw cause;
      if (Date.now() > deadline) {
        throw new EmbeddedPostgresError(
          "server",
          `The embedded PostgreSQL (process ${postmaster.pid}) has not answered for ${readyMsMax / 1000} s; see ${folder.logFile}.`,
          { cause },
        );
      }
    }
    await sleep(retryMs);
  }
}

/** A server that we started and cannot use must not be left behind. */
async function adoptOwn(folder: DataFolder): Promise<ServerInUse | null> {
  try {
    return await adopt(folder);
  } catch (error) {
    await stopServer(folder);
    throw error;
  }
}

async function prepareLaunch(folder: DataFolder, settings: ServerSettings): Promise<(port: number) => Launch> {
  const binaries = await locatePostgresBinaries();
  const account = await serverAccount(folder, binaries);
  await ensureCluster(folder, binaries, account, settings.fsync !== "off");
  // Without it nobody could use the server: better said before it runs.
  await readPassword(folder);
  return (port) => {
    const flags = Object.entries(serverSettings(port, settings)).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    return account.launch(binaries.postgres, ["-D", folder.cluster, ...flags]);
  };
}

/**
 * Starts the server and waits until it is ready: null. Answers what it said if it stopped at something that passes (its
 * predecessor still ends, the port is taken); throws `EmbeddedPostgresError` for all else.
 */
async function start(folder: DataFolder, launch: Launch): Promise<string | null> {
  await clearDeadPostmaster(folder);
  const { child, logStartBytes } = await spawnServer(folder, launch);
  const deadline = Date.now() + readyMsMax;
  while (!hasEnded(child)) {
    const postmaster = await readPostmaster(folder);
    if (postmaster?.pid === child.pid && postmaster?.isReady) return null;
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        "server",
        `The embedded PostgreSQL is not ready after ${readyMsMax / 1000} s; it goes on recovering, so start Bodega again in a while (${folder.logFile}).`,
      );
    }
    await sleep(pollMs);
  }
  const output = await readLog(folder, logStartBytes);
  if (isStillEnding(output) || isPortTaken(output)) return output;
  throw explainFailure(output, folder.logFile);
}

/** In a session of its own, so that Ctrl-C and the end of the terminal reach us and not the server. */
async function spawnServer(folder: DataFolder, launch: Launch) {
  const log = await openLog(folder);
  try {
    const child = spawn(launch.file, launch.args, {
      ...launch.options,
      detached: true,
      stdio: ["ignore", log.file.fd, log.file.fd],
    });
    await once(child, "spawn");
    child.unref();
    return { child, logStartBytes: log.sizeBytes };
  } catch (error) {
    throw explainFailure(error instanceof Error ? error.message : String(error), launch.file, { cause: error });
  } finally {
    await log.file.close();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function choosePort(folder: DataFolder): Promise<number> {
  const latest = await readPort(folder);
  if (latest !== null && (await isFree(latest))) return latest;
  for (let tries = 0; tries < portTriesMax; tries += 1) {
    const port = portMin + Math.floor(Math.random() * (portMax - portMin));
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresError(
    "server",
    `No free port for the embedded PostgreSQL was found between ${portMin} and ${portMax} on ${serverHost}.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen({ host: serverHost, port, exclusive: true });
    await once(probe, "listening");
    return true;
  } catch (error) {
    if (["EADDRINUSE", "EACCES"].includes(systemErrorCode(error) ?? "")) return false;
    throw error;
  } finally {
    probe.close();
  }
}

/** Ends the server if it runs. To be called under the start lock. */
export async function stopServer(folder: DataFolder): Promise<void> {
  const postmaster = await readPostmaster(folder);
  if (postmaster === null || !(await isPostmasterAlive(folder, postmaster.pid))) return;
  await stopPostmaster(folder, postmaster.pid);
}
