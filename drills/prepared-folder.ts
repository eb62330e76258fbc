import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Database } from "../server/foundation/database/database.ts";
import { openEmbeddedPostgres } from "../server/foundation/database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../server/foundation/database/migrate.ts";
import { createLogger } from "../server/foundation/telemetry/logger.ts";
import { setSetting } from "./queries.ts";

const run = promisify(execFile);

/** Where processes that are started again and again find what was compiled before. */
export const compileCache = join(tmpdir(), "bodega-drill-compile-cache");

/** Settings of every drilled shop: a drill is one caller that asks a lot, and waits for no grace. */
const settings = {
  "limits.requests": { burst: 1_000_000, perSecond: 1_000_000 },
  "images.purgeGraceSeconds": 0,
  "images.orphanGraceHours": 0,
};

let prepared: Promise<string> | null = null;

/** A data folder of a new shop, migrated and set: a copy of the one that this process makes once. */
export async function newDataFolder(): Promise<string> {
  prepared ??= prepare();
  const source = await prepared;
  const folder = await temporaryFolder();
  // Owners and modes stay: PostgreSQL may run as a user of its own.
  await run("cp", ["-a", `${source}/.`, folder]);
  return folder;
}

/** Takes away what `newDataFolder` copies from. To be called when no more is wanted. */
export async function removePreparedFolder(): Promise<void> {
  const source = await prepared;
  prepared = null;
  if (source !== null) await rm(source, { recursive: true, force: true });
}

async function prepare(): Promise<string> {
  const [folder] = await Promise.all([preparedFolder(), fillCompileCache()]);
  return folder;
}

async function preparedFolder(): Promise<string> {
  const dataDir = await temporaryFolder();
  const log = createLogger({ level: "silent" });
  const postgres = await openEmbeddedPostgres({ dataDir });
  await migrate({ url: postgres.url, log });
  const database = new Database({ url: postgres.url, directUrl: postgres.url, connectionsMax: 1, log });
  for (const [key, value] of Object.entries(settings)) await setSetting(database.db, key, value);
  await database.close();
  await postgres.close();
  return dataDir;
}

/** The cache is written when a process ends by itself, which those that are killed never do. */
async function fillCompileCache(): Promise<void> {
  const application = new URL("../server/application.ts", import.meta.url).href;
  await run(process.execPath, ["--input-type=module", "--eval", `await import(${JSON.stringify(application)})`], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: compileCache },
  });
}

const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "bodega-drill-"));
