import { EventEmitter } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger as QueueLogger, runTaskList } from "graphile-worker";
import { sql } from "kysely";
import { z } from "zod";
import { readConfig } from "../server/config.ts";
import { Database } from "../server/foundation/database/database.ts";
import { openEmbeddedPostgres } from "../server/foundation/database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../server/foundation/database/migrate.ts";
import { QueuePool } from "../server/foundation/jobs/queue-pool.ts";
import { testFoundation } from "../server/foundation/jobs/testing/test-foundation.ts";
import { startWorker } from "../server/foundation/jobs/worker.ts";
import { defineTask } from "../server/foundation/module.ts";
import { createLogger } from "../server/foundation/telemetry/logger.ts";
import { startTracing } from "../server/foundation/telemetry/tracing.ts";
import type { BenchRow } from "./bench-row.ts";

const task = "no-op";
/** That of `npm start`. */
const concurrency = readConfig({}).workerConcurrency;

/** How a worker is started that calls `onJob` for each job; answers what stops it. */
type Start = (onJob: () => void) => Promise<() => Promise<void>>;

/**
 * Rows `jobs` of quality.md: how soon a job starts after it was enqueued, and how fast a full queue drains through our
 * worker (spans, metrics, time limit, registration), next to graphile-worker alone with the same settings.
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "bodega-bench-jobs-"));
  await chmod(folder, 0o755);
  const log = createLogger({ level: "warn", name: "bench" });
  const server = await openEmbeddedPostgres({ dataDir: folder, log });
  const tracing = startTracing({ otlpEndpoint: null, version: "bench" });
  try {
    await migrate({ url: server.url, log });
    const database = new Database({ url: server.url, directUrl: server.url, connectionsMax: 10, log });
    try {
      const starts = { ours: startOurs(database), bare: startBare(database) };
      const latency = await measureLatency(database, starts, quick ? 60 : 200);
      return [
        ...latency,
        ...(await measureDrain(database, starts, { jobs: quick ? 4_000 : 20_000, rounds: quick ? 5 : 7 })),
      ];
    } finally {
      await database.close();
    }
  } finally {
    await tracing.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function startOurs(database: Database): Start {
  return async (onJob) => {
    const noOp = defineTask({
      name: task,
      payload: z.object({ n: z.number() }),
      timeLimitMs: 10_000,
      attemptsMax: 8,
      run: async () => {
        onJob();
        return { status: "done" };
      },
    });
    const worker = await startWorker({ foundation: testFoundation(database), tasks: [noOp], concurrency });
    return () => worker.stop();
  };
}

/** On the same connections, so that the ratio is that of what we do around each job. */
function startBare(database: Database): Start {
  return async (onJob) => {
    const pool = new QueuePool({ database, connectionsMax: concurrency + 2, log: createLogger({ level: "warn" }) });
    const workers = runTaskList(
      {
        concurrency,
        pollInterval: 1_000,
        noHandleSignals: true,
        events: new EventEmitter(),
        logger: new QueueLogger(() => () => undefined),
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      },
      { [task]: async () => onJob() },
      pool,
    );
    return async () => {
      await workers.gracefulShutdown();
      pool.giveUp();
      await pool.close();
    };
  };
}

async function measureLatency(
  database: Database,
  starts: { readonly ours: Start; readonly bare: Start },
  samples: number,
): Promise<BenchRow[]> {
  const ours = await latencies(database, starts.ours, samples);
  const bare = await latencies(database, starts.bare, samples);
  const median = quantile(ours, 0.5);
  return [
    {
      name: "jobs: enqueue to start, median",
      value: median,
      unit: "ms",
      ratio: median / quantile(bare, 0.5),
      ratioTo: "graphile-worker alone",
      reach: "≤ 10 ms",
      reached: median <= 10,
      note: `p95 ${quantile(ours, 0.95).toFixed(1)} ms; ${samples} jobs one by one, from before the transaction begins`,
    },
  ];
}

async function latencies(database: Database, start: Start, samples: number): Promise<readonly number[]> {
  const { jobs } = testFoundation(database);
  let started = Promise.withResolvers<void>();
  const stop = await start(() => started.resolve());
  const found: number[] = [];
  // The first ones prepare statements and warm the code.
  for (let n = -10; n < samples; n += 1) {
    started = Promise.withResolvers<void>();
    const enqueuedAt = performance.now();
    await database.transaction((tx) => jobs.enqueue(tx, task, { n }));
    await started.promise;
    if (n >= 0) found.push(performance.now() - enqueuedAt);
  }
  await stop();
  return found;
}

async function measureDrain(
  database: Database,
  starts: { readonly ours: Start; readonly bare: Start },
  { jobs, rounds }: { readonly jobs: number; readonly rounds: number },
): Promise<BenchRow[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  // Nothing of the first round is the machine's to compile or the database's to read.
  for (const start of [starts.bare, starts.ours]) await drain(database, start, 4_000);
  for (let round = 0; round < rounds; round += 1) {
    // Now the one first, now the other: what the machine does besides hits both.
    if (round % 2 === 0) bare.push(await drain(database, starts.bare, jobs));
    ours.push(await drain(database, starts.ours, jobs));
    if (round % 2 === 1) bare.push(await drain(database, starts.bare, jobs));
  }
  const median = quantile(ours, 0.5);
  // Of each round's pair, which shared the same moments of the machine.
  const ratios = ours.map((value, round) => value / (bare[round] ?? Number.NaN));
  const ratio = quantile(ratios, 0.5);
  const spread = (values: readonly number[]) => values.map((value) => Math.round(value)).join(", ");
  return [
    {
      name: `jobs: drain of ${jobs} no-op jobs`,
      value: median,
      unit: "jobs/s",
      ratio,
      ratioTo: "graphile-worker alone, same settings and connections",
      reach: "≥ 85 %",
      reached: ratio >= 0.85,
      note: `${concurrency} at a time; medians of ${rounds} rounds, the ratio of their pairs: ours ${spread(ours)}; alone ${spread(bare)}`,
    },
  ];
}

/** Jobs per second from the first that starts to the last that ends. */
async function drain(database: Database, start: Start, jobs: number): Promise<number> {
  await sql`
    select count(graphile_worker.add_job(${task}::text, json_build_object('n', n)))
    from generate_series(1, ${jobs}::int) as n
  `.execute(database.db);
  await sql`vacuum analyze graphile_worker._private_jobs`.execute(database.db);
  const done = Promise.withResolvers<void>();
  let count = 0;
  let firstAt = 0;
  let lastAt = 0;
  const stop = await start(() => {
    count += 1;
    if (count === 1) firstAt = performance.now();
    if (count === jobs) {
      lastAt = performance.now();
      done.resolve();
    }
  });
  await done.promise;
  await stop();
  return (jobs - 1) / ((lastAt - firstAt) / 1_000);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
