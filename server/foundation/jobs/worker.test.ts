import { randomUUID } from "node:crypto";
import { trace } from "@opentelemetry/api";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import type { Foundation } from "../foundation.ts";
import { defineTask, type Task, type TaskContext, type TaskFailure } from "../module.ts";
import { startTracing } from "../telemetry/tracing.ts";
import { PermanentFailure } from "./failure.ts";
import { eventually } from "./testing/child-process.ts";
import { testFoundation } from "./testing/test-foundation.ts";
import { startWorker, type Worker } from "./worker.ts";

let t: TestDatabase;
let foundation: Foundation;
const workers: Worker[] = [];

beforeAll(async () => {
  t = await testDatabase();
  foundation = testFoundation(t.database);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop({ graceMs: 100 })));
});
afterAll(async () => t.drop());

const shape = z.object({ n: z.number() });

function task(run: (n: number, context: TaskContext) => Promise<unknown>, more: Partial<Task> = {}): Task {
  return {
    ...defineTask({
      name: randomUUID(),
      payload: shape,
      timeLimitMs: 10_000,
      attemptsMax: 3,
      run: async ({ n }, context) => {
        await run(n, context);
        return { status: "done" };
      },
    }),
    ...more,
  };
}

async function work(...tasks: Task[]): Promise<Worker> {
  const worker = await startWorker({
    foundation,
    tasks,
    concurrency: 3,
    abortGraceMs: 100,
    liveness: { restartGraceMs: 0 },
  });
  workers.push(worker);
  return worker;
}

const enqueue = (name: string, payload: object, options = {}) =>
  t.database.transaction((tx) => foundation.jobs.enqueue(tx, name, payload, options));

const gone = (id: string) =>
  eventually(async () => (await foundation.jobs.list({ limit: 200 })).every((job) => job.id !== id));

const stateOf = async (id: string) => (await foundation.jobs.inspect(id)).state;

/** Lets a job that waits for its next try run now. */
const hurry = (id: string) =>
  sql`
  with due as (update graphile_worker._private_jobs set run_at = now() where id = ${id}::bigint and locked_at is null)
  select pg_notify('jobs:insert', '{"count":1}')
`.execute(t.database.db);

async function incidentOf(name: string, id: string): Promise<{ state: string; evidence: unknown } | undefined> {
  const { rows } = await sql<{ state: string; evidence: unknown }>`
    select state, evidence from platform.incidents where key = ${`job:${name}:${id}`}
  `.execute(t.database.db);
  return rows[0];
}

describe("outcomes", () => {
  test("a task gets its parsed payload, who it is, and its job is gone when it is done", async () => {
    const seen: { n: number; attempt: number; workerId: string }[] = [];
    const one = task(async (n, { attempt, workerId }) => seen.push({ n, attempt, workerId }));
    const worker = await work(one);
    await gone(await enqueue(one.name, { n: 7, more: true }));
    expect(seen).toEqual([{ n: 7, attempt: 1, workerId: worker.id }]);
    expect(await foundation.metrics.registry.metrics()).toContain(
      `bodega_jobs_total{task="${one.name}",outcome="done"} 1`,
    );
  });

  test("a failure is tried again after 1 to 2 s, then three times as long, and says why", async () => {
    const one = task(async () => {
      throw new Error("the store said https://user:hunter2@store/ is away");
    });
    await work(one);
    const id = await enqueue(one.name, { n: 1 });
    const first = await eventually(async () => (await stateOf(id)) === "retrying" && foundation.jobs.inspect(id));
    expect(first.lastError).toBe("FAILED: the store said https://[redacted]@store/ is away");
    const { rows } = await sql<{ first: number }>`
      select extract(epoch from run_at - now())::float8 as first
      from graphile_worker._private_jobs where id = ${id}::bigint
    `.execute(t.database.db);
    expect(rows[0]?.first).toBeLessThanOrEqual(1.875);
    await hurry(id);
    await eventually(async () => (await foundation.jobs.inspect(id)).attempts === 2);
    const second = await eventually(async () => (await stateOf(id)) === "retrying" && foundation.jobs.inspect(id));
    expect(second.runAt.getTime()).toBeGreaterThan(first.runAt.getTime());
  });

  test("a job whose tries are used up is a dead letter: told to its task once, an incident, retried by hand", async () => {
    const told: TaskFailure[] = [];
    let isBroken = true;
    const one = task(
      async () => {
        if (isBroken) throw new Error("broken");
      },
      { attemptsMax: 1, onDead: async (_payload, failure) => void told.push(failure) },
    );
    await work(one);
    const id = await enqueue(one.name, { n: 1 });
    await eventually(async () => told.length > 0);
    expect(await stateOf(id)).toBe("dead");
    expect(told).toEqual([{ code: "FAILED", message: "broken", attempts: 1 }]);
    expect(await incidentOf(one.name, id)).toMatchObject({ state: "open", evidence: { error: "FAILED: broken" } });
    isBroken = false;
    await foundation.jobs.retry(id);
    await gone(id);
    await eventually(async () => (await incidentOf(one.name, id))?.state === "resolved");
    expect(told).toHaveLength(1);
  });

  test("a permanent failure is dead at once, with its code", async () => {
    const told: TaskFailure[] = [];
    const one = task(
      async () => {
        throw new PermanentFailure("SOURCE_MISSING", "no such object");
      },
      { onDead: async (_payload, failure) => void told.push(failure) },
    );
    await work(one);
    const id = await enqueue(one.name, { n: 1 });
    await eventually(async () => told.length > 0);
    expect(told[0]).toMatchObject({ code: "SOURCE_MISSING", message: "no such object" });
    expect(await stateOf(id)).toBe("dead");
    await foundation.jobs.cancel(id);
    expect(await incidentOf(one.name, id)).toMatchObject({ state: "resolved" });
  });

  test("a payload that does not parse fails once", async () => {
    const one = task(async () => undefined);
    await work(one);
    const id = await enqueue(one.name, { n: "seven" });
    await eventually(async () => (await stateOf(id)) === "dead");
    expect((await foundation.jobs.inspect(id)).lastError).toMatch(/^VALIDATION_FAILED: n: /);
  });

  test("an end that its task could not deal with is told again", async () => {
    let calls = 0;
    const one = task(
      async () => {
        throw new PermanentFailure("NEVER", "never");
      },
      {
        onDead: async () => {
          calls += 1;
          if (calls === 1) throw new Error("the database went away");
        },
      },
    );
    await work(one);
    const id = await enqueue(one.name, { n: 1 });
    await eventually(async () => calls === 1);
    await sql`update platform.job_troubles set claimed_until = now() where job_id = ${id}::bigint`.execute(
      t.database.db,
    );
    await eventually(async () => calls === 2);
  });
});

describe("limits", () => {
  test("a task that goes on for too long is aborted, and failed even if it never ends", async () => {
    const aborted = Promise.withResolvers<unknown>();
    const one = task(
      async (_n, { signal }) => {
        signal.addEventListener("abort", () => aborted.resolve(signal.reason));
        await new Promise(() => undefined);
      },
      { timeLimitMs: 50, attemptsMax: 1 },
    );
    await work(one);
    const id = await enqueue(one.name, { n: 1 });
    expect(await aborted.promise).toMatchObject({ code: "TIME_LIMIT" });
    await eventually(async () => (await stateOf(id)) === "dead");
    expect((await foundation.jobs.inspect(id)).lastError).toMatch(/^TIME_LIMIT: /);
  });

  test("a stop waits for what runs, then breaks it off and gives it back, uncounted", async () => {
    const begun = Promise.withResolvers<void>();
    const one = task(async (_n, { signal }) => {
      begun.resolve();
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const worker = await work(one);
    const id = await enqueue(one.name, { n: 1 });
    await begun.promise;
    await workers.splice(workers.indexOf(worker), 1)[0]?.stop({ graceMs: 50 });
    expect(await foundation.jobs.inspect(id)).toMatchObject({ state: "waiting", attempts: 0 });
    const { rows } = await sql`select from platform.workers where id = ${worker.id}`.execute(t.database.db);
    expect(rows).toEqual([]);
  });

  test("a stop lets what ends in time end", async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const one = task(async () => {
      begun.resolve();
      await finish.promise;
    });
    const worker = await work(one);
    const id = await enqueue(one.name, { n: 1 });
    await begun.promise;
    const stopped = workers.splice(workers.indexOf(worker), 1)[0]?.stop({ graceMs: 20_000 });
    finish.resolve();
    await stopped;
    await expect(foundation.jobs.inspect(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("together", () => {
  test("several workers share the queue, and each job is done once", async () => {
    const done: number[] = [];
    const one = task(async (n) => done.push(n));
    await work(one);
    await work(one);
    await work(one);
    await t.database.transaction(async (tx) => {
      for (let n = 0; n < 60; n += 1) await foundation.jobs.enqueue(tx, one.name, { n });
    });
    await eventually(async () => (await foundation.jobs.list({ task: one.name })).length === 0);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  test("a job that was enqueued anew while it ran is run again, and its failure counts for nothing", async () => {
    const begun = Promise.withResolvers<void>();
    const fail = Promise.withResolvers<void>();
    const turns: number[] = [];
    const one = task(async (n) => {
      turns.push(n);
      if (n > 1) return;
      begun.resolve();
      await fail.promise;
      throw new Error("what it worked on has changed");
    });
    await work(one);
    const first = await enqueue(one.name, { n: 1 }, { key: one.name });
    await begun.promise;
    const second = await enqueue(one.name, { n: 2 }, { key: one.name });
    expect(second).not.toBe(first);
    fail.resolve();
    await gone(first);
    await gone(second);
    expect(turns).toEqual([1, 2]);
    expect(await incidentOf(one.name, first)).toBeUndefined();
  });

  test("the trace of a job that SQL enqueued goes on in its task", async () => {
    const tracing = startTracing({ otlpEndpoint: null, version: "0" });
    const traces: (string | undefined)[] = [];
    const one = task(async (_n, { traceId }) => traces.push(traceId, trace.getActiveSpan()?.spanContext().traceId));
    await work(one);
    const traceId = randomUUID().replaceAll("-", "");
    const id = await t.database.transaction(async (tx) => {
      await sql`select set_config('bodega.traceparent', ${`00-${traceId}-b7ad6b7169203331-01`}, true)`.execute(tx);
      return foundation.jobs.enqueue(tx, one.name, { n: 1 });
    });
    await gone(id);
    expect(traces).toEqual([traceId, traceId]);
    await tracing.close();
  });
});
