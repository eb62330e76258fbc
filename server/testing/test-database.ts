import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { Database } from "../foundation/database/database.ts";
import { createLogger } from "../foundation/telemetry/logger.ts";

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  readonly drop: () => Promise<void>;
}

/** A migrated database of its own, cloned from the run's template; call `drop` when done. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin((admin) => admin.query(`create database ${name} template ${inject("templateName")}`));
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  const database = openTestDatabase(url.href);
  return {
    url: url.href,
    database,
    drop: async () => {
      await database.close();
      await asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Another `Database` on the same URL, as another process would have; the caller closes it. */
export function openTestDatabase(url: string): Database {
  return new Database({ url, directUrl: url, connectionsMax: 20, log: testLogger() });
}

/** Silent unless `TEST_LOG_LEVEL` asks otherwise. */
export function testLogger() {
  return createLogger({ level: process.env.TEST_LOG_LEVEL ?? "silent", name: "test" });
}

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
