import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import type { Logger } from "../telemetry/logger.ts";
import { workerLogger } from "../telemetry/worker-logger.ts";

const databaseFolder = fileURLToPath(new URL("../../../database/", import.meta.url));

/** One lock for all processes that start at once, in this database; the number is arbitrary and ours. */
const migrationLockKey = 7_420_001;

export interface MigrationReport {
  /** Migrations run just now, in order. */
  readonly applied: readonly string[];
  /** Routines re-applied because their text is new. */
  readonly routines: readonly string[];
}

export interface SqlFile {
  /** `0001_create_platform` or `catalog/set_main_thumbnails`. */
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/** A database whose history does not fit the files here; the message is for a person. */
export class MigrationError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "MigrationError";
  }
}

/**
 * Brings the database to what the files say: graphile-worker's schema, then each new migration in a transaction of its
 * own, then every routine whose text changed, all in one. Safe to call from many processes at once (they wait for one
 * another) and at every start. Throws `MigrationError` when an applied file was changed or has gone, or one fails; what
 * ran before the failing one stays, the failing one leaves nothing.
 */
export async function migrate(options: {
  readonly url: string;
  readonly log: Logger;
  readonly files?: { readonly migrations: readonly SqlFile[]; readonly routines: readonly SqlFile[] };
}): Promise<MigrationReport> {
  const files = options.files ?? (await readSqlFiles());
  const client = new pg.Client({ connectionString: options.url, application_name: "bodega-migrate" });
  client.on("error", (error) => options.log.warn({ error }, "the connection of the migrations was lost"));
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLockKey]);
    await requireVersion(client);
    await runMigrations({ connectionString: options.url, logger: workerLogger(options.log) });
    await client.query(bookkeeping);
    const applied = await applyMigrations(client, files.migrations);
    const routines = await applyRoutines(client, files.routines);
    if (applied.length + routines.length > 0) options.log.info({ applied, routines }, "the database was migrated");
    return { applied, routines };
  } finally {
    await client.end();
  }
}

/** What a start would run, without running it; for `bodega doctor`. */
export async function pendingMigrations(url: string): Promise<readonly string[]> {
  const { migrations } = await readSqlFiles();
  const client = new pg.Client({ connectionString: url, application_name: "bodega-doctor" });
  await client.connect();
  try {
    const known = await client.query<{ readonly exists: boolean }>(
      "select to_regclass('bodega_migrations.applied') is not null as exists",
    );
    const applied = known.rows[0]?.exists ? await checksumsOf(client, "applied") : new Map<string, string>();
    return migrations.filter((file) => !applied.has(file.name)).map((file) => file.name);
  } finally {
    await client.end();
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ readonly version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const version = rows[0]?.version ?? 0;
  if (version < 150_000) {
    throw new MigrationError(`Bodega needs PostgreSQL 15 or newer; this server is ${Math.floor(version / 10_000)}.`);
  }
}

/** A schema of its own, so that migration 0001 may make all the others. */
const bookkeeping = `
  create schema if not exists bodega_migrations;
  create table if not exists bodega_migrations.applied (
    name       text primary key,
    checksum   text not null,
    applied_at timestamptz not null default now()
  );
  create table if not exists bodega_migrations.routines (
    name       text primary key,
    checksum   text not null,
    applied_at timestamptz not null default now()
  );
  alter table bodega_migrations.applied enable row level security;
  alter table bodega_migrations.routines enable row level security;
`;

async function applyMigrations(client: pg.Client, files: readonly SqlFile[]): Promise<string[]> {
  const known = await checksumsOf(client, "applied");
  refuseChangedHistory(files, known);
  const applied: string[] = [];
  for (const file of files.filter(({ name }) => !known.has(name))) {
    await inTransaction(client, file.name, async () => {
      await client.query(file.text);
      await client.query("insert into bodega_migrations.applied (name, checksum) values ($1, $2)", [
        file.name,
        file.checksum,
      ]);
    });
    applied.push(file.name);
  }
  return applied;
}

function refuseChangedHistory(files: readonly SqlFile[], known: ReadonlyMap<string, string>): void {
  const present = new Map(files.map((file) => [file.name, file.checksum]));
  for (const [name, checksum] of known) {
    const now = present.get(name);
    if (now === undefined) {
      throw new MigrationError(
        `The database has migration ${name}, which is not among the files: it was made by a newer Bodega; update this one.`,
      );
    }
    if (now !== checksum) {
      throw new MigrationError(
        `Migration ${name} was changed after it ran: restore the file, and put the change in a new migration.`,
      );
    }
  }
}

async function applyRoutines(client: pg.Client, files: readonly SqlFile[]): Promise<string[]> {
  const known = await checksumsOf(client, "routines");
  const changed = files.filter((file) => known.get(file.name) !== file.checksum);
  if (changed.length === 0) return [];
  await client.query("begin");
  try {
    // Bodies may name one another in any order.
    await client.query("set local check_function_bodies = off");
    for (const file of changed) {
      await client.query(file.text).catch((error: unknown) => {
        throw new MigrationError(`Routine ${file.name} failed: ${messageOf(error)}`, error);
      });
      await client.query(
        `insert into bodega_migrations.routines (name, checksum) values ($1, $2)
         on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`,
        [file.name, file.checksum],
      );
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  return changed.map((file) => file.name);
}

async function inTransaction(client: pg.Client, name: string, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new MigrationError(`Migration ${name} failed: ${messageOf(error)}`, error);
  }
}

async function checksumsOf(client: pg.Client, table: "applied" | "routines"): Promise<Map<string, string>> {
  const { rows } = await client.query<{ readonly name: string; readonly checksum: string }>(
    `select name, checksum from bodega_migrations.${table} order by name`,
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** The files of `database/`, in the order in which they run. */
export async function readSqlFiles(
  folder: string = databaseFolder,
): Promise<{ readonly migrations: readonly SqlFile[]; readonly routines: readonly SqlFile[] }> {
  return {
    migrations: await readFolder(join(folder, "migrations")),
    routines: await readFolder(join(folder, "routines")),
  };
}

async function readFolder(folder: string): Promise<readonly SqlFile[]> {
  const entries = await readdir(folder, { recursive: true });
  const paths = entries.filter((entry) => entry.endsWith(".sql")).sort();
  return Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(folder, path), "utf8");
      const name = relative(".", join(path, "..", basename(path, ".sql"))).replaceAll(sep, "/");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
