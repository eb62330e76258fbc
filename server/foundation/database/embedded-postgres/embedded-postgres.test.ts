import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openDataFolder } from "./data-folder.ts";
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, openEmbeddedPostgres } from "./embedded-postgres.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { isPostmasterAlive, type Postmaster, readPostmaster } from "./postmaster.ts";
import { serverUseLockKey } from "./server-connection.ts";

const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "16MB" };
const moduleUrl = new URL("./embedded-postgres.ts", import.meta.url).href;

const dataDirs: string[] = [];
const opened: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

let template = "";

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "bodega-embedded-postgres-"));
  await (await openEmbeddedPostgres({ dataDir: template, settings })).close();
});

afterAll(() => rm(template, { recursive: true, force: true }));

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(opened.splice(0).map((server) => server.close()));
  for (const dataDir of dataDirs.splice(0)) {
    const left = await livePostmaster(dataDir);
    if (left !== null) process.kill(left.pid, "SIGQUIT");
    await vi.waitFor(async () => expect(await livePostmaster(dataDir)).toBeNull(), { timeout: 10_000 });
    await rm(dataDir, { recursive: true, force: true });
  }
});

describe("an embedded PostgreSQL", { timeout: 60_000 }, () => {
  it("starts in an empty folder, knows UTF-8 and the case of all letters, and keeps its password to its owner", async () => {
    const dataDir = await newDataDir();
    const server = await open({ dataDir });

    expect(server.started).toBe(true);
    expect(new URL(server.url)).toMatchObject({ hostname: "127.0.0.1", pathname: "/bodega" });
    const [row] = await query(
      server.url,
      `select current_setting('server_encoding') as encoding, 'PIÑATA' ilike 'piñata' as "ignoresCase",
              'Ñandú 🦤' as text, current_setting('TimeZone') as "timeZone", current_setting('port')::int as port`,
    );
    expect(row).toEqual({
      encoding: "UTF8",
      ignoresCase: true,
      text: "Ñandú 🦤",
      timeZone: "UTC",
      port: Number(new URL(server.url).port),
    });
    expect((await stat(join(dataDir, "postgres-password"))).mode & 0o777).toBe(0o600);
    const stranger = new URL(server.url);
    stranger.password = "guess";
    await expect(query(stranger.href, "select 1")).rejects.toThrow(/password authentication failed/);
  });

  it("is adopted by the next one who opens it, and stopped by the last to leave, data kept", async () => {
    const dataDir = await usedDataDir();
    const first = await open({ dataDir });
    const second = await open({ dataDir });
    expect(second).toMatchObject({ started: false, url: first.url });
    await query(first.url, "create table kept (id int)");

    await first.close();
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await second.close();
    await second.close();
    expect(await livePostmaster(dataDir)).toBeNull();

    const third = await open({ dataDir });
    expect(third).toMatchObject({ started: true, url: first.url });
    expect(await query(third.url, "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
  });

  it("outlives a starter that was killed, is adopted, and is stopped by its last user", async () => {
    const dataDir = await usedDataDir();
    const starter = await openInChild(dataDir);
    expect(starter.started).toBe(true);
    starter.child.kill("SIGKILL");
    await once(starter.child, "exit");

    const server = await open({ dataDir });
    expect(server.started).toBe(false);
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.close();
    expect(await livePostmaster(dataDir)).toBeNull();
  });

  it("is started once by processes that open it at the same instant", async () => {
    const dataDir = await newDataDir();
    const others = [openInChild(dataDir), openInChild(dataDir)];
    const all = await Promise.all([open({ dataDir }), ...others]);
    expect(all.filter((server) => server.started)).toHaveLength(1);
    expect(new Set(all.map((server) => server.url)).size).toBe(1);
  });

  it("starts over a postmaster.pid that names a process which ended, or another program's", async () => {
    const dataDir = await usedDataDir();
    await (await open({ dataDir })).close();
    const ended = spawn("true");
    await once(ended, "exit");
    const program = spawn("sleep", ["60"], { ...(await ownerOf(join(dataDir, "postgres"))) });
    children.push(program);
    for (const pid of [ended.pid, program.pid]) {
      const cluster = join(dataDir, "postgres");
      await writeFile(
        join(cluster, "postmaster.pid"),
        `${pid}\n${cluster}\n1700000000\n5999\n\n127.0.0.1\n\nready   \n`,
      );
      const server = await open({ dataDir });
      expect(server.started).toBe(true);
      expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
      await server.close();
    }
  });

  it("comes back on the same port when it is killed amid long statements, whoever of its users notices", async () => {
    const dataDir = await usedDataDir();
    const server = await open({ dataDir, settings: { synchronous_commit: "on" } });
    const other = await openInChild(dataDir);
    await query(server.url, "create table kept (id int)");
    const cut = expect(query(server.url, "select count(*) from generate_series(1, 100000000)")).rejects.toThrow();
    const running = "select from pg_stat_activity where state = 'active' and query like 'select count%'";
    await vi.waitFor(async () => expect(await query(server.url, running)).toHaveLength(1), { timeout: 10_000 });
    const killed = await livePostmaster(dataDir);
    process.kill(killed?.pid ?? Number.NaN, "SIGKILL");

    await vi.waitFor(async () => query(server.url, "select from kept"), { timeout: 15_000, interval: 50 });
    await cut;
    expect((await livePostmaster(dataDir))?.pid).not.toBe(killed?.pid);
    await vi.waitFor(async () => expect(await users(server.url)).toBe(2), { timeout: 15_000, interval: 50 });

    other.child.kill("SIGTERM");
    await once(other.child, "exit");
    await server.close();
    expect(await livePostmaster(dataDir)).toBeNull();
  });

  it("says in one sentence that the data folder cannot be written", async () => {
    const file = join(await newDataDir(), "file");
    await writeFile(file, "");
    await expect(open({ dataDir: join(file, "data") })).rejects.toThrow(
      /^The embedded PostgreSQL cannot use .*a part of the path is not a folder.*DATA_DIR.*\.$/,
    );
  });

  it.runIf(canRunAsNobody())("says in one sentence that the data belongs to another user", async () => {
    const dataDir = await usedDataDir();
    await open({ dataDir });
    const script = `
      const { openEmbeddedPostgres } = await import(${JSON.stringify(moduleUrl)});
      await openEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => process.stdout.write(error.message));`;
    const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      uid: 65_534,
      gid: 65_534,
    });
    expect(String(said)).toMatch(/^The embedded PostgreSQL cannot use .*permission denied.*DATA_DIR.*\.$/);
  });

  it("says in one sentence that the data is of another version, of no PostgreSQL, or without its password", async () => {
    const dataDir = await usedDataDir();
    await (await open({ dataDir })).close();
    const version = join(dataDir, "postgres", "PG_VERSION");
    const written = await readFile(version);

    await writeFile(version, "15\n");
    await expect(open({ dataDir })).rejects.toThrow(/is of PostgreSQL 15, but this Bodega carries PostgreSQL 18/);
    await rm(version);
    await expect(open({ dataDir })).rejects.toThrow(/holds no PostgreSQL data/);
    await writeFile(version, written);
    await rm(join(dataDir, "postgres", "global", "pg_control"));
    await expect(open({ dataDir })).rejects.toThrow(/its data is damaged; restore/);
    await rm(join(dataDir, "postgres-password"));
    await expect(open({ dataDir })).rejects.toThrow(/password of the embedded PostgreSQL is missing/);
  });

  it("says in one sentence that a setting is wrong, and that a password is not the server's", async () => {
    const dataDir = await usedDataDir();
    await expect(open({ dataDir, settings: { max_connections: "many" } })).rejects.toThrow(
      /a setting is wrong .*max_connections/,
    );
    await writeFile(join(dataDir, "postgres-password"), "another");
    await expect(open({ dataDir })).rejects.toThrow(/is not that of the embedded PostgreSQL/);
    expect(await livePostmaster(dataDir)).toBeNull();
  });

  it.runIf(process.getuid?.() === 0)("runs for root in a folder that only root may enter", async () => {
    const dataDir = await newDataDir(0o700);
    const server = await open({ dataDir });
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    const pid = (await livePostmaster(dataDir))?.pid;
    expect(await ownerOf(`/proc/${pid}`)).not.toMatchObject({ uid: 0 });
  });
});

async function newDataDir(mode = 0o755): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-embedded-postgres-"));
  execFileSync("chmod", [mode.toString(8), dataDir]);
  dataDirs.push(dataDir);
  return dataDir;
}

/** As a server that was stopped leaves it: copied, which is quicker than to make one each time. */
async function usedDataDir(): Promise<string> {
  const dataDir = await newDataDir();
  execFileSync("cp", ["-a", `${template}/.`, dataDir]);
  execFileSync("chmod", ["755", dataDir]);
  await rm(join(dataDir, "postgres-port"));
  return dataDir;
}

async function open(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await openEmbeddedPostgres({ ...options, settings: { ...settings, ...options.settings } });
  opened.push(server);
  return server;
}

/** Another process that uses the server until it is told to end (SIGTERM) or killed. */
async function openInChild(dataDir: string) {
  const script = `
    const { openEmbeddedPostgres } = await import(${JSON.stringify(moduleUrl)});
    const server = await openEmbeddedPostgres(${JSON.stringify({ dataDir, settings })});
    process.once("SIGTERM", () => server.close());
    process.stdout.write(JSON.stringify(server) + "\\n");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = await once(child.stdout, "data");
  const { url, started }: { url: string; started: boolean } = JSON.parse(String(line));
  return { child, url, started };
}

async function query(url: string, text: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function users(url: string): Promise<unknown> {
  const [row] = await query(
    url,
    `select count(*)::int as users from pg_locks where locktype = 'advisory' and granted and objid = ${serverUseLockKey}`,
  );
  return row && "users" in row ? row.users : undefined;
}

async function livePostmaster(dataDir: string): Promise<Postmaster | null> {
  const folder = await openDataFolder(dataDir).catch((error: unknown) => {
    if (error instanceof EmbeddedPostgresError) return null;
    throw error;
  });
  const postmaster = folder && (await readPostmaster(folder));
  return folder && postmaster && (await isPostmasterAlive(folder, postmaster.pid)) ? postmaster : null;
}

async function ownerOf(path: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const { uid, gid } = await stat(path);
  return { uid, gid };
}

/** As root, and from a folder that others may read: a checkout below a private folder cannot be run by anyone else. */
function canRunAsNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  const nobody = { uid: 65_534, gid: 65_534 };
  return spawnSync(process.execPath, ["--eval", "await import(process.argv[1])", moduleUrl], nobody).status === 0;
}
