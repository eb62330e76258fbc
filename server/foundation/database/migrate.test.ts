import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, describe, expect, inject, it } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import { migrate, pendingMigrations, readSqlFiles, type SqlFile } from "./migrate.ts";

const log = testLogger();
const made: string[] = [];

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  await admin(`create database ${name} template template0 encoding 'UTF8'`);
  made.push(name);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function query<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<Row>(statement)
    .then((result) => result.rows)
    .finally(() => client.end());
}

const file = (name: string, text: string): SqlFile => ({ name, text, checksum: `sum of ${text}` });

afterEach(async () => {
  for (const name of made.splice(0)) await admin(`drop database if exists ${name} with (force)`);
});

describe("migrate", () => {
  it("applies everything once, and nothing when run again", async () => {
    const url = await emptyDatabase();
    const files = await readSqlFiles();
    const first = await migrate({ url, log });
    expect(first.applied).toEqual(files.migrations.map(({ name }) => name));
    expect(first.routines).toHaveLength(files.routines.length);
    expect(await migrate({ url, log })).toEqual({ applied: [], routines: [] });
    expect(await pendingMigrations(url)).toEqual([]);
  });

  it("applies each migration once when several processes start at the same moment", async () => {
    const url = await emptyDatabase();
    const reports = await Promise.all([1, 2, 3, 4].map(() => migrate({ url, log })));
    const applied = reports.flatMap((report) => report.applied);
    expect(new Set(applied).size).toBe(applied.length);
    expect(applied).toHaveLength((await readSqlFiles()).migrations.length);
  });

  it("refuses a migration that was changed after it ran, and names it", async () => {
    const url = await emptyDatabase();
    const routines: SqlFile[] = [];
    await migrate({ url, log, files: { migrations: [file("0001_a", "create table a ()")], routines } });
    await expect(
      migrate({ url, log, files: { migrations: [file("0001_a", "create table b ()")], routines } }),
    ).rejects.toThrow(/0001_a was changed after it ran/);
  });

  it("refuses a database that a newer version migrated", async () => {
    const url = await emptyDatabase();
    await migrate({ url, log, files: { migrations: [file("0009_later", "select 1")], routines: [] } });
    await expect(migrate({ url, log, files: { migrations: [], routines: [] } })).rejects.toThrow(/newer Bodega/);
  });

  it("leaves nothing of a migration that fails, and keeps those before it", async () => {
    const url = await emptyDatabase();
    const migrations = [
      file("0001_good", "create table good ()"),
      file("0002_bad", "create table half (); select 1/0"),
      file("0003_never", "create table never ()"),
    ];
    await expect(migrate({ url, log, files: { migrations, routines: [] } })).rejects.toThrow(/0002_bad failed/);
    const tables = await query<{ name: string }>(
      url,
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    );
    expect(tables.map(({ name }) => name)).toEqual(["good"]);
  });

  it("re-applies a routine when its text changes, whatever the order in which bodies name one another", async () => {
    const url = await emptyDatabase();
    const caller = file(
      "public/a_caller",
      "create or replace function a_caller() returns int language sql as 'select callee()'",
    );
    const callee = (value: number) =>
      file("public/callee", `create or replace function callee() returns int language sql as 'select ${value}'`);
    await migrate({ url, log, files: { migrations: [], routines: [caller, callee(1)] } });
    const again = await migrate({ url, log, files: { migrations: [], routines: [caller, callee(2)] } });
    expect(again.routines).toEqual(["public/callee"]);
    expect(await query(url, "select a_caller() as value")).toEqual([{ value: 2 }]);
  });
});

describe("the migrated database", () => {
  it("has row security on every table of ours", async () => {
    const url = await emptyDatabase();
    await migrate({ url, log });
    const open = await query<{ name: string }>(
      url,
      `select format('%s.%s', nspname, relname) as name
       from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where relkind in ('r', 'p') and not relrowsecurity
         and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\\_%'`,
    );
    expect(open).toEqual([]);
  });

  it("lets nobody execute a function of ours but those it is granted to", async () => {
    const url = await emptyDatabase();
    await migrate({ url, log });
    const open = await query<{ name: string }>(
      url,
      `select format('%s.%s', nspname, proname) as name
       from pg_proc
       join pg_namespace on pg_namespace.oid = pronamespace
       cross join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) as privilege
       where privilege.grantee = 0 and nspname not like 'pg\\_%'
         and nspname not in ('information_schema', 'graphile_worker', 'extensions', 'public')
       order by 1`,
    );
    expect(open).toEqual([]);
  });
});
