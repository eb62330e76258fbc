import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openEmbeddedPostgres } from "../foundation/database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../foundation/database/migrate.ts";
import { createLogger } from "../foundation/telemetry/logger.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the server's first database, as its superuser. */
    readonly postgresUrl: string;
    /** The migrated database that each test file clones. */
    readonly templateName: string;
  }
}

/**
 * One real PostgreSQL for the whole run, with one migrated template. `TEST_DATABASE_URL` (a superuser's) uses a server
 * that is there instead. Durability is off: a test's database outlives nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startServer() : { url: given, stop: async () => undefined };
  const templateName = `bodega_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${templateName} encoding 'UTF8' template template0`);
  const template = new URL(server.url);
  template.pathname = `/${templateName}`;
  await migrate({ url: template.href, log: createLogger({ level: "error", name: "test-setup" }) });
  project.provide("postgresUrl", server.url);
  project.provide("templateName", templateName);
  return async () => {
    await admin.query(`drop database if exists ${templateName} with (force)`);
    await admin.end();
    await server.stop();
  };
}

async function startServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-test-"));
  const server = await openEmbeddedPostgres({
    dataDir,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  return {
    url: server.url,
    stop: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
