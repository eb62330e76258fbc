import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { Database } from "../database/database.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../database/migrate.ts";
import { defineTask } from "../module.ts";
import { createLogger } from "../telemetry/logger.ts";
import { eventually } from "./testing/child-process.ts";
import { testFoundation } from "./testing/test-foundation.ts";
import { startWorker } from "./worker.ts";

let folder: string;
let server: EmbeddedPostgres;
let database: Database;
const log = createLogger({ level: process.env.TEST_LOG_LEVEL ?? "silent" });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bodega-restart-"));
  await chmod(folder, 0o755);
  server = await openEmbeddedPostgres({ dataDir: folder });
  await migrate({ url: server.url, log });
  database = new Database({ url: server.url, directUrl: server.url, connectionsMax: 4, log });
});
afterAll(async () => {
  await database.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function postmasterPid(): Promise<number> {
  const { rows } = await sql<{ folder: string }>`select current_setting('data_directory') as folder`.execute(
    database.db,
  );
  const [pid] = (await readFile(join(rows[0]?.folder ?? "", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}

/** When the server that answers now was started; null while none does. */
async function startedAt(): Promise<string | null> {
  return sql<{ at: string }>`select pg_postmaster_start_time()::text as at`.execute(database.db).then(
    ({ rows }) => rows[0]?.at ?? null,
    () => null,
  );
}

test("a PostgreSQL that is killed and restarted finds the same worker, which finishes its job and takes new ones", async () => {
  const runs: number[] = [];
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const count = defineTask({
    name: "count",
    payload: z.object({ n: z.number() }),
    timeLimitMs: 60_000,
    attemptsMax: 3,
    run: async ({ n }) => {
      runs.push(n);
      begun.resolve();
      if (n === 1) await finish.promise;
      return { status: "done" };
    },
  });
  const foundation = testFoundation(database, { log });
  const enqueue = (n: number) => database.transaction((tx) => foundation.jobs.enqueue(tx, "count", { n }));
  const worker = await startWorker({ foundation, tasks: [count], concurrency: 2, heartbeatMs: 300 });
  const { id } = worker;
  const first = await enqueue(1);
  await begun.promise;
  // A commit that waits for the disk takes the one before it along: that the worker has the job outlives the crash.
  await sql`create table public.durable ()`.execute(database.db);
  const before = await startedAt();
  process.kill(await postmasterPid(), "SIGKILL");
  // Ends while the server is away: what the queue has to record waits for it.
  finish.resolve();
  await eventually(async () => {
    const now = await startedAt();
    return now !== null && now !== before;
  });
  await enqueue(2);
  await eventually(async () => runs.includes(2));
  await eventually(async () => (await foundation.jobs.list()).every((job) => job.id !== first));
  expect(runs.filter((n) => n === 1)).toEqual([1]);
  expect(worker.id).toBe(id);
  await worker.stop();
}, 60_000);
