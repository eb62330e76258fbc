import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the run's PostgreSQL, as its superuser. */
    readonly postgresUrl: string;
    readonly templateName: string;
  }
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Builds the web pages where they are missing or older than their sources; once a run, whichever test file comes first,
 * so that no file loses the assets that another is looking at. The run's database holds the lock and the mark.
 */
export async function buildWeb(): Promise<void> {
  const database = new pg.Client({ connectionString: inject("postgresUrl") });
  await database.connect();
  try {
    await database.query("select pg_advisory_lock(hashtext('e2e: build the web'))");
    const mark = `web built for ${inject("templateName")}`;
    const { rows } = await database.query<{ description: string | null }>(
      "select shobj_description(oid, 'pg_database') as description from pg_database where datname = $1",
      [inject("templateName")],
    );
    if (rows[0]?.description === mark) return;
    await promisify(execFile)(process.execPath, ["web/build/main.ts", "--if-stale"], { cwd: root });
    await database.query(`comment on database ${inject("templateName")} is '${mark}'`);
  } finally {
    await database.end();
  }
}
