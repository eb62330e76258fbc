import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { type DataFolder, ensurePassword, readIfPresent, statIfPresent } from "./data-folder.ts";
import { dataFolderError, EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { ServerAccount } from "./server-account.ts";
import { explainFailure } from "./start-failure.ts";

const run = promisify(execFile);
const initdbTimeoutMs = 120_000;

export const superuserName = "postgres";

/**
 * Makes the cluster if there is none yet, otherwise checks that these programs can read it.
 *
 * Text is UTF-8 and compared by PostgreSQL's own `C.UTF-8`: letters of all languages know their case (ILIKE), the order
 * is that of the code points and the same on every system. For the order of a language use an ICU collation.
 */
export async function ensureCluster(
  folder: DataFolder,
  binaries: PostgresBinaries,
  account: ServerAccount,
  sync: boolean,
): Promise<void> {
  const dataVersion = (await readIfPresent(`${folder.cluster}/PG_VERSION`))?.trim();
  if (dataVersion !== undefined) return checkVersion(folder, dataVersion, await serverVersion(binaries, account));
  if ((await statIfPresent(folder.cluster)) !== null && (await readdir(folder.cluster)).length > 0) {
    throw new EmbeddedPostgresError(
      "data-folder",
      `${folder.cluster} is not empty but holds no PostgreSQL data (PG_VERSION is missing); restore it from a backup, or move it away to start with an empty database.`,
    );
  }
  await ensurePassword(folder);
  await account.own(folder.passwordFile);
  try {
    await rm(folder.unfinishedCluster, { recursive: true, force: true });
    await mkdir(folder.unfinishedCluster, { mode: 0o700 });
    await chmod(folder.unfinishedCluster, 0o700);
    await account.own(folder.unfinishedCluster);
    await initdb(folder, binaries, account, sync);
    await rm(folder.cluster, { recursive: true, force: true });
    await rename(folder.unfinishedCluster, folder.cluster);
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? error : dataFolderError(folder.cluster, error);
  }
}

/** e.g. `18`. Throws `EmbeddedPostgresError` when the programs cannot run on this system. */
async function serverVersion(binaries: PostgresBinaries, account: ServerAccount): Promise<string> {
  const { file, args, options } = account.launch(binaries.postgres, ["--version"]);
  try {
    const { stdout } = await run(file, args, { ...options, timeout: 10_000 });
    return /\b(\d+)/.exec(stdout)?.[1] ?? stdout.trim();
  } catch (error) {
    throw explainFailure(outputOf(error), binaries.postgres, { cause: error });
  }
}

function checkVersion(folder: DataFolder, dataVersion: string, version: string): void {
  if (dataVersion === version) return;
  throw new EmbeddedPostgresError(
    "version-mismatch",
    `The data in ${folder.cluster} is of PostgreSQL ${dataVersion}, but this Bodega carries PostgreSQL ${version}; run the Bodega that wrote it to dump the data (pg_dump) and restore it here, or set DATABASE_URL to a PostgreSQL ${dataVersion}.`,
  );
}

async function initdb(
  folder: DataFolder,
  binaries: PostgresBinaries,
  account: ServerAccount,
  sync: boolean,
): Promise<void> {
  // Some extensions (trigrams, search) still ask the C library which bytes are letters: it has to know UTF-8 too.
  const locales = { linux: ["C.UTF-8", "C"], darwin: ["en_US.UTF-8", "C"] };
  const characterLocales =
    process.platform === "linux" || process.platform === "darwin" ? locales[process.platform] : ["C"];
  for (const [index, characterLocale] of characterLocales.entries()) {
    const { file, args, options } = account.launch(binaries.initdb, [
      `--pgdata=${folder.unfinishedCluster}`,
      `--username=${superuserName}`,
      `--pwfile=${folder.passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      `--lc-ctype=${characterLocale}`,
      "--no-instructions",
      ...(sync ? [] : ["--no-sync"]),
    ]);
    try {
      await run(file, args, { ...options, timeout: initdbTimeoutMs, maxBuffer: 1024 * 1024 });
      return;
    } catch (error) {
      const output = outputOf(error);
      const isLast = index === characterLocales.length - 1;
      if (isLast || !output.includes("invalid locale name")) {
        throw explainFailure(output, folder.cluster, { cause: error });
      }
    }
  }
}

/** What a failed program said, or why it could not even be started. */
function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = "stderr" in error && typeof error.stderr === "string" ? error.stderr.trim() : "";
  return stderr === "" ? error.message : stderr;
}
