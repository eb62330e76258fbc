import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import type { Foundation } from "../foundation.ts";
import { eventually, startProcess, type TestProcess } from "./testing/child-process.ts";
import { createEffects, effectsOf } from "./testing/effects.ts";
import { testFoundation } from "./testing/test-foundation.ts";

let t: TestDatabase;
let foundation: Foundation;
const processes: TestProcess[] = [];

beforeAll(async () => {
  t = await testDatabase();
  foundation = testFoundation(t.database);
  await createEffects(t.database.db);
});
afterEach(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await Promise.all(processes.splice(0).map((child) => child.exited));
  await sql`delete from graphile_worker._private_jobs`.execute(t.database.db);
});
afterAll(async () => t.drop());

async function startChild(liveness: object = {}): Promise<TestProcess> {
  const child = await startProcess(new URL("./testing/child-worker.ts", import.meta.url), {
    TEST_URL: t.url,
    TEST_LIVENESS: JSON.stringify(liveness),
  });
  processes.push(child);
  return child;
}

const enqueue = (payload: object, options = {}) =>
  t.database.transaction((tx) => foundation.jobs.enqueue(tx, "act", payload, options));

const phasesOf = async (name: string) => (await effectsOf(t.database.db, name)).map(({ pid, phase }) => [pid, phase]);

test("a killed worker's job runs again in another process, with its try given back", async () => {
  const first = await startChild();
  const name = randomUUID();
  const id = await enqueue({ name, hangIn: [first.pid] });
  await eventually(async () => (await phasesOf(name)).length === 1);
  const second = await startChild();
  first.kill("SIGKILL");
  await eventually(async () => (await phasesOf(name)).length === 3);
  expect(await phasesOf(name)).toEqual([
    [first.pid, "started"],
    [second.pid, "started"],
    [second.pid, "ended"],
  ]);
  await eventually(async () => (await foundation.jobs.list()).every((job) => job.id !== id));
});

test("of two killed workers' jobs none is lost, and a worker that lives keeps its own", async () => {
  const [first, second] = [await startChild(), await startChild()];
  const names = Array.from({ length: 4 }, () => randomUUID());
  // Two slots each: they hang in all four.
  for (const name of names) await enqueue({ name, hangIn: [first.pid, second.pid] });
  for (const name of names) await eventually(async () => (await phasesOf(name)).length === 1);
  const third = await startChild();
  const kept = randomUUID();
  await enqueue({ name: kept, busyMs: 1_500 });
  await eventually(async () => (await phasesOf(kept)).length === 1);
  first.kill("SIGKILL");
  second.kill("SIGKILL");
  for (const name of [...names, kept]) {
    await eventually(async () => (await phasesOf(name)).at(-1)?.[1] === "ended");
  }
  expect(await phasesOf(kept)).toEqual([
    [third.pid, "started"],
    [third.pid, "ended"],
  ]);
});

test("a frozen worker's job is given to another; when it thaws, it comes back under a new name", async () => {
  const first = await startChild();
  const name = randomUUID();
  await enqueue({ name, hangIn: [first.pid] });
  await eventually(async () => (await phasesOf(name)).length === 1);
  const second = await startChild();
  first.kill("SIGSTOP");
  await eventually(async () => (await phasesOf(name)).length === 3);
  expect((await phasesOf(name)).at(-1)).toEqual([second.pid, "ended"]);
  const idOf = async (pid: number) => {
    const { rows } = await sql<{ id: string }>`select id from platform.workers where pid = ${pid}`.execute(
      t.database.db,
    );
    return rows[0]?.id;
  };
  expect(await idOf(first.pid)).toBeUndefined();
  first.kill("SIGCONT");
  await eventually(() => idOf(first.pid));
  second.kill("SIGKILL");
  const after = randomUUID();
  await enqueue({ name: after });
  await eventually(async () => (await phasesOf(after)).length === 2);
  expect(await phasesOf(after)).toEqual([
    [first.pid, "started"],
    [first.pid, "ended"],
  ]);
});

test("a job that kills its worker each time ends dead with a reason, and its neighbours finish", async () => {
  const killsMax = 3;
  const poison = randomUUID();
  const neighbours = Array.from({ length: 6 }, () => randomUUID());
  const id = await enqueue({ name: poison, isPoison: true });
  for (const name of neighbours) await enqueue({ name, busyMs: 50 });
  let starts = 0;
  // As a supervisor would: a new process whenever one has died.
  for (;;) {
    starts += 1;
    // It may die of it before it could say that it is ready.
    const child = await startChild({ killsMax }).catch(() => null);
    if (child === null) continue;
    const isOver = await Promise.race([
      child.exited.then(() => false),
      eventually(async () => (await phasesOf(poison)).at(-1)?.[1] === "dead").then(() => true),
    ]);
    if (isOver) break;
  }
  expect(starts).toBe(killsMax + 1);
  expect(await foundation.jobs.inspect(id)).toMatchObject({ state: "dead", kills: killsMax });
  expect((await effectsOf(t.database.db, poison)).at(-1)).toMatchObject({ jobId: "WORKER_DIED", phase: "dead" });
  for (const name of neighbours) await eventually(async () => (await phasesOf(name)).at(-1)?.[1] === "ended");
  const { rows } = await sql<{ state: string }>`
    select state from platform.incidents where key = ${`job:act:${id}`}
  `.execute(t.database.db);
  expect(rows).toEqual([{ state: "open" }]);
}, 60_000);

test("jobs held by a worker that nobody knows are given back", async () => {
  await startChild();
  const name = randomUUID();
  await sql`
    with added as (select id from platform.enqueue_job('act', ${JSON.stringify({ name })}::jsonb, null, now() + interval '1 day') as id)
    select from added
  `.execute(t.database.db);
  await sql`
    update graphile_worker._private_jobs
    set locked_by = 'pool-of-nobody', locked_at = now() - interval '2 minutes', run_at = now()
  `.execute(t.database.db);
  await startChild();
  await eventually(async () => (await phasesOf(name)).at(-1)?.[1] === "ended");
});
