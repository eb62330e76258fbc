import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/test-database.ts";
import { runCli } from "./child-cli.testing.ts";

const timeoutMs = 120_000;

let root: string;
let test: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bodega-cli-"));
  test = await testDatabase();
  env = { DATA_DIR: join(root, "data"), DATABASE_URL: test.url };
});
afterAll(async () => {
  await test.drop();
  await rm(root, { recursive: true, force: true });
});

describe("bodega", () => {
  it("refuses a command that it does not know, and says where help is", async () => {
    const { code, stderr } = await runCli(["sing"], env);
    expect(code).toBe(1);
    expect(stderr).toContain("unknown command 'sing'");
    expect(stderr).toContain("bodega --help");
  });

  it("names a wrong variable in one sentence, with the exit code of a wrong configuration", async () => {
    const { code, stdout, stderr } = await runCli(["audit"], { ...env, WORKER_CONCURRENCY: "many" });
    expect([code, stdout]).toEqual([78, ""]);
    expect(stderr).toBe("WORKER_CONCURRENCY is not valid: must be a whole number from 1 to 64.\n");
  });

  it("finds the database up to date when it is migrated twice", async () => {
    const { code, stdout, stderr } = await runCli(["migrate", "--json"], env);
    expect([code, JSON.parse(stdout), stderr]).toEqual([0, { applied: [], routines: [] }, ""]);
  });
});

describe("bodega doctor", () => {
  const statesOf = (stdout: string): Record<string, string> =>
    Object.fromEntries(
      JSON.parse(stdout).checks.map((check: { name: string; state: string }) => [check.name, check.state]),
    );

  it("is content with a machine that is in order", async () => {
    const { code, stdout } = await runCli(["doctor", "--json"], env);
    expect(statesOf(stdout)).toEqual({
      node: "ok",
      "data folder": "ok",
      "object store": "ok",
      database: "ok",
      migrations: "ok",
      clock: "ok",
      "row security": "ok",
      queue: "skipped",
      fonts: "skipped",
    });
    expect(code).toBe(0);
  });

  it("fails when the database cannot be reached, and says what to look at", async () => {
    const { code, stdout } = await runCli(["doctor"], { ...env, DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ database .*\n.*→ Look at DATABASE_URL/);
  });

  it("fails when work waits and nobody does it", async () => {
    const enqueue = sql<{ id: string }>`
      select platform.enqueue_job('generate-thumbnails', jsonb_build_object('imageId', ${randomUUID()}::text))::text as id
    `;
    const { rows } = await enqueue.execute(test.database.db);
    const { code, stdout } = await runCli(["doctor", "--json"], env);
    expect([code, statesOf(stdout).queue]).toEqual([1, "failed"]);
    const { id = "" } = rows[0] ?? {};
    await sql`delete from graphile_worker._private_jobs where id = ${id}::bigint`.execute(test.database.db);
  });
});

describe("bodega import-csv", () => {
  const csv = async (text: string) => {
    const path = join(root, `${randomUUID()}.csv`);
    await writeFile(path, text);
    return path;
  };
  const countOf = async (sku: string) => {
    const { rows } = await sql`select from catalog.products where sku = ${sku}`.execute(test.database.db);
    return rows.length;
  };

  it("tells in a dry run what it would do, then does it", async () => {
    const sku = randomUUID();
    const file = await csv(`sku,name,price\n${sku},Yerba,12.50\n`);
    const dry = await runCli(["import-csv", file, "--dry-run", "--json"], env);
    expect([dry.code, await countOf(sku)]).toEqual([0, 0]);
    expect(JSON.parse(dry.stdout)).toMatchObject({ isDryRun: true, created: 1, refused: 0 });
    const done = await runCli(["import-csv", file], env);
    expect([done.code, done.stdout, await countOf(sku)]).toEqual([0, "1 created, 0 changed.\n", 1]);
  });

  it("changes nothing when a row is refused, and names it", async () => {
    const sku = randomUUID();
    const file = await csv(`sku,name,price\n${sku},Yerba,12.50\nother,Other,dear\n`);
    const { code, stdout } = await runCli(["import-csv", file], env);
    expect([code, await countOf(sku)]).toEqual([1, 0]);
    expect(stdout).toMatch(/^ *3 {2}other +price /m);
  });

  it("says so when there is no such file", async () => {
    const { code, stderr } = await runCli(["import-csv", join(root, "none.csv")], env);
    expect(code).toBe(1);
    expect(stderr).toContain("none.csv cannot be read");
  });
});

describe("bodega backfill thumbnails", () => {
  it(
    "renews what is stale, once, and everything with --force",
    async () => {
      const folder = await mkdtemp(join(root, "photos-"));
      for (const name of ["a.png", "b.png"]) {
        const background = { r: name.charCodeAt(0), g: 1, b: 1 };
        await sharp({ create: { width: 50, height: 40, channels: 3, background } })
          .png()
          .toFile(join(folder, name));
      }
      expect((await runCli(["import-photos", folder], env)).code).toBe(0);
      // Without enforcement nothing but the backfill renews them.
      await sql`
        select platform.set_app_setting('images.signatureEnforcement', 'false', 'test')
      `.execute(test.database.db);
      await sql`
        update catalog.product_images set thumbnail_signature = left(sha256, 16) || '.0' where alt = ''
      `.execute(test.database.db);
      const runBackfill = async (...flags: string[]) => {
        const { code, stdout } = await runCli(["backfill", "thumbnails", "--json", ...flags], env);
        return { code, ...JSON.parse(stdout) };
      };
      expect(await runBackfill()).toEqual({ code: 0, total: 2, begun: 2, renewed: 2, failed: [], waiting: 0 });
      expect(await runBackfill()).toMatchObject({ code: 0, total: 0, begun: 0 });
      expect(await runBackfill("--force", "--rate", "50")).toMatchObject({ code: 0, total: 2, renewed: 2 });
    },
    timeoutMs,
  );

  it("refuses a rate that is none", async () => {
    const { code, stderr } = await runCli(["backfill", "thumbnails", "--rate", "0"], env);
    expect([code, stderr.includes("It must be a number above 0")]).toEqual([1, true]);
  });
});

describe("bodega jobs", () => {
  it("says of a job that is not there that it cannot run again", async () => {
    const { code, stdout } = await runCli(["jobs", "retry", "987654321", "--json"], env);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      jobs: [{ id: "987654321", error: expect.stringContaining("NOT_FOUND") }],
    });
  });
});
