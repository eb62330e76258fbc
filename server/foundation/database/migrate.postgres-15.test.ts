import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import { migrate, readSqlFiles } from "./migrate.ts";

/** The oldest PostgreSQL that is promised, as Debian packages it; `.ci/run` installs it. */
const binaries = "/usr/lib/postgresql/15/bin";
const isRoot = process.getuid?.() === 0;

let folder: string;
let url: string;
let stop: () => Promise<void>;

/** PostgreSQL refuses to run as root; Debian's package made this user. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (!isRoot) return undefined;
  const id = (flag: string) => Number(spawnSync("id", [flag, "postgres"]).stdout.toString());
  return { uid: id("-u"), gid: id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}

async function answers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  } finally {
    await client.end();
  }
}

describe.skipIf(!existsSync(binaries))("migrations on PostgreSQL 15", () => {
  beforeAll(async () => {
    const user = postgresUser();
    folder = await mkdtemp(join(tmpdir(), "bodega-postgres-15-"));
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    const data = join(folder, "data");
    const options = { ...user, cwd: folder };
    const made = spawnSync(
      join(binaries, "initdb"),
      ["-D", data, "-U", "postgres", "-E", "UTF8", "--auth=trust", "-N"],
      options,
    );
    if (made.status !== 0) throw new Error(made.stderr.toString());
    const port = await freePort();
    url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
    const flags = ["-D", data, "-p", String(port), "-c", "fsync=off", "-c", "unix_socket_directories="];
    const server = spawn(join(binaries, "postgres"), flags, { ...options, stdio: "ignore" });
    const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    stop = async () => {
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    };
    await vi.waitUntil(answers, { timeout: 20_000 });
  });

  afterAll(() => stop());

  it("run whole, and run again to no effect", async () => {
    const log = testLogger();
    const { migrations } = await readSqlFiles();
    expect((await migrate({ url, log })).applied).toEqual(migrations.map(({ name }) => name));
    expect(await migrate({ url, log })).toEqual({ applied: [], routines: [] });
  });
});
