import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import type { Foundation } from "../foundation.ts";
import { startTracing } from "../telemetry/tracing.ts";
import { testFoundation } from "./testing/test-foundation.ts";

let t: TestDatabase;
let foundation: Foundation;

beforeAll(async () => {
  t = await testDatabase();
  foundation = testFoundation(t.database);
});
afterAll(async () => t.drop());

const enqueue = (task: string, payload: object, options = {}) =>
  t.database.transaction((tx) => foundation.jobs.enqueue(tx, task, payload, options));

describe("enqueueing", () => {
  test("a job exists when its transaction commits, and never after a rollback", async () => {
    const task = randomUUID();
    const rolledBack = t.database.transaction(async (tx) => {
      await foundation.jobs.enqueue(tx, task, {});
      throw new Error("changed my mind");
    });
    await expect(rolledBack).rejects.toThrow("changed my mind");
    expect(await foundation.jobs.list({ task })).toEqual([]);
    const id = await enqueue(task, { photo: 1 });
    expect(await foundation.jobs.inspect(id)).toMatchObject({ id, task, state: "waiting", payload: { photo: 1 } });
  });

  test("of one key at most one job waits, with the latest payload", async () => {
    const task = randomUUID();
    const first = await enqueue(task, { turn: 1 }, { key: task });
    const second = await enqueue(task, { turn: 2 }, { key: task });
    expect(second).toBe(first);
    const jobs = await foundation.jobs.list({ task });
    expect(jobs.map((job) => job.payload)).toEqual([{ turn: 2 }]);
  });

  test("a dead job gives way to a new one of its key", async () => {
    const task = randomUUID();
    const first = await enqueue(task, {}, { key: task });
    await sql`select graphile_worker.permanently_fail_jobs(array[${first}::bigint], 'FAILED: tried')`.execute(
      t.database.db,
    );
    const second = await enqueue(task, {}, { key: task });
    expect((await foundation.jobs.list({ task })).map((job) => job.id)).toEqual([second]);
  });

  test("the payload carries the trace of the transaction that enqueued it, also from SQL", async () => {
    const tracing = startTracing({ otlpEndpoint: null, version: "0" });
    const task = randomUUID();
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const id = await t.database.transaction(async (tx) => {
      await sql`select set_config('bodega.traceparent', ${traceparent}, true)`.execute(tx);
      const { rows } = await sql<{ id: string }>`
        select platform.enqueue_job(${task}, '{"a": 1}')::text as id
      `.execute(tx);
      return rows[0]?.id ?? "";
    });
    expect(await foundation.jobs.inspect(id)).toMatchObject({ traceparent, payload: { a: 1 } });
    await tracing.close();
  });

  test("a payload that is no object, or too large, is refused", async () => {
    await expect(sql`select platform.enqueue_job('x', '[1]')`.execute(t.database.db)).rejects.toThrow("64 kB");
    await expect(enqueue("x", { text: "a".repeat(70_000) })).rejects.toThrow("64 kB");
  });

  test("a user's own role may not enqueue", async () => {
    const asUser = t.database.actAs({ userId: "u", role: "admin", supplierId: null, email: null }, async (tx) =>
      foundation.jobs.enqueue(tx, "x", {}),
    );
    await expect(asUser).rejects.toThrow("permission denied");
  });
});

describe("the operator's view", () => {
  test("a job that does not run can be cancelled, once", async () => {
    const id = await enqueue(randomUUID(), {});
    await foundation.jobs.cancel(id);
    await expect(foundation.jobs.inspect(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(foundation.jobs.cancel(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("counts tell every state and the age of the oldest that waits", async () => {
    const task = randomUUID();
    await enqueue(task, {}, { runAt: new Date(Date.now() - 60_000) });
    await enqueue(task, {}, { runAt: new Date(Date.now() + 60_000) });
    const { byState, oldestWaitingSeconds } = await foundation.jobs.counts();
    expect(byState.waiting).toBeGreaterThanOrEqual(1);
    expect(byState.scheduled).toBeGreaterThanOrEqual(1);
    expect(oldestWaitingSeconds).toBeGreaterThanOrEqual(59);
    const scrape = await foundation.metrics.registry.metrics();
    expect(scrape).toMatch(/bodega_jobs\{state="scheduled"\} [1-9]/);
    expect(scrape).toMatch(/bodega_jobs_oldest_waiting_seconds (59|[6-9]\d)/);
  });

  test("a list goes on where the page before ended", async () => {
    const task = randomUUID();
    const ids = [await enqueue(task, {}), await enqueue(task, {}), await enqueue(task, {})];
    const page = await foundation.jobs.list({ task, limit: 2 });
    expect(page.map((job) => job.id)).toEqual([ids[2], ids[1]]);
    const next = await foundation.jobs.list({ task, limit: 2, beforeId: page.at(-1)?.id ?? "" });
    expect(next.map((job) => job.id)).toEqual([ids[0]]);
  });
});
