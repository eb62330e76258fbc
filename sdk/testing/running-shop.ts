import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { inject } from "vitest";
import { type BodegaClient, type ClientOptions, createClient } from "../index.ts";

export interface RunningShop {
  readonly url: string;
  /** A client whose administrator is signed in. */
  readonly client: (options?: ClientOptions) => Promise<BodegaClient>;
  readonly credentials: { readonly email: string; readonly password: string };
  readonly stop: () => Promise<void>;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the run's PostgreSQL, as its superuser. */
    readonly postgresUrl: string;
    /** The migrated database that each shop clones. */
    readonly templateName: string;
  }
}

const credentials = { email: "admin@bodega.test", password: "a password only for tests" };

/** The real server as a process of its own, on a free port, over a database and a data folder of its own. */
export async function startShop(): Promise<RunningShop> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-sdk-"));
  const database = await cloneDatabase();
  const main = new URL("../../server/main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      PORT: "0",
      BODEGA_DEMO: "false",
      BODEGA_ADMIN_EMAIL: credentials.email,
      BODEGA_ADMIN_PASSWORD: credentials.password,
    },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const killed = () => child.kill("SIGKILL");
  process.once("exit", killed);
  const url = await addressIn(child.stdout);
  return {
    url,
    credentials,
    client: async (options = {}) => {
      const client = createClient({ baseUrl: url, ...options });
      await client.session.signIn(credentials);
      return client;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      process.off("exit", killed);
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function cloneDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `sdk_${crypto.randomUUID().replaceAll("-", "")}`;
  await asAdmin(`create database ${name} template ${inject("templateName")}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: output })) {
    lines.push(line);
    const url = /"url":"(http:[^"]+)"/.exec(line)?.[1];
    if (url === undefined) continue;
    // Whatever comes later is read and dropped, so that the server never waits for us.
    output.resume();
    return url;
  }
  throw new Error(`the server ended before it ran:\n${lines.join("\n")}`);
}
