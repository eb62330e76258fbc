import pg from "pg";
import { superuserName } from "./cluster.ts";
import { type DataFolder, readPassword } from "./data-folder.ts";
import { EmbeddedPostgresError, systemErrorCode } from "./embedded-postgres-error.ts";

export const serverHost = "127.0.0.1";
const databaseName = "bodega";

/**
 * Every process that uses the server holds this session lock (shared) in the `postgres` database; whoever can have it
 * alone is the last user. It vanishes with its connection, so a killed process is no user any more.
 */
export const serverUseLockKey = 7_112_018;

/** How long a leaving process waits for the connections of killed ones to be noticed. */
const lastUserWaitMs = 300;
const connectTimeoutMs = 5_000;
const queryTimeoutMs = 15_000;
const invalidPassword = "28P01";
const lockNotAvailable = "55P03";

export async function serverUrl(folder: DataFolder, port: number): Promise<string> {
  const password = encodeURIComponent(await readPassword(folder));
  return `postgresql://${superuserName}:${password}@${serverHost}:${port}/${databaseName}`;
}

/**
 * A connection of its own, with `begin` done on it; to the `postgres` database, so that `bodega` may be dropped or serve
 * as a template.
 */
export async function connectToServer(
  folder: DataFolder,
  port: number,
  begin: (client: pg.Client) => Promise<void> = async () => undefined,
): Promise<pg.Client> {
  const client = new pg.Client({
    host: serverHost,
    port,
    user: superuserName,
    password: await readPassword(folder),
    database: "postgres",
    application_name: "bodega server use",
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
  });
  // Whoever holds the connection learns of its loss by `end`; without a listener `error` would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await begin(client);
    return client;
  } catch (error) {
    await client.end();
    if (systemErrorCode(error) !== invalidPassword) throw error;
    throw new EmbeddedPostgresError(
      "data-folder",
      `The password in ${folder.passwordFile} is not that of the embedded PostgreSQL in ${folder.cluster}; put the right file back from a backup.`,
      { cause: error },
    );
  }
}

/** Counts this connection among the users of the server and makes the database if it is not there. */
export async function joinServer(client: pg.Client): Promise<void> {
  await client.query("select pg_advisory_lock_shared($1)", [serverUseLockKey]);
  const found = await client.query("select from pg_database where datname = $1", [databaseName]);
  if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
}

/** Whether nobody else uses the server. The caller keeps others from joining meanwhile. */
export async function isLastUser(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`set lock_timeout = ${lastUserWaitMs}`);
    await client.query("select pg_advisory_lock($1)", [serverUseLockKey]);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === lockNotAvailable) return false;
    throw error;
  }
}
