import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import type { Foundation } from "../foundation.ts";
import { eventually, startProcess, type TestProcess } from "../jobs/testing/child-process.ts";
import { createEffects, effectsOf } from "../jobs/testing/effects.ts";
import { testFoundation } from "../jobs/testing/test-foundation.ts";
import type { Schedule } from "../module.ts";
import { deleteOldRuns } from "./queries.ts";
import { type Scheduler, type SchedulerOptions, startScheduler } from "./scheduler.ts";
import { Schedules } from "./schedules.ts";

let t: TestDatabase;
let foundation: Foundation;
let schedules: Schedules;
const schedulers: Scheduler[] = [];
const processes: TestProcess[] = [];

beforeAll(async () => {
  t = await testDatabase();
  foundation = testFoundation(t.database);
  schedules = new Schedules({ database: t.database });
  await createEffects(t.database.db);
});
afterEach(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await Promise.all([
    ...schedulers.splice(0).map((scheduler) => scheduler.stop({ graceMs: 0 })),
    ...processes.splice(0).map((child) => child.exited),
  ]);
});
afterAll(async () => t.drop());

const everySecond = "* * * * * *";
const never = "0 0 29 2 *";

const nameOf = (): string => `s${randomUUID().replaceAll("-", "_")}`;

function schedule(run: Schedule["run"], more: Partial<Schedule> = {}): Schedule {
  return { name: nameOf(), cron: everySecond, timeLimitMs: 20_000, missedTicks: "latest", run, ...more };
}

async function start(one: Schedule, more: Partial<SchedulerOptions> = {}): Promise<Scheduler> {
  const scheduler = await startScheduler({
    foundation,
    schedules: [one],
    heartbeatMs: 200,
    abortGraceMs: 100,
    liveness: { restartGraceMs: 0 },
    ...more,
  });
  schedulers.push(scheduler);
  return scheduler;
}

async function startChild(env: Readonly<Record<string, string>>): Promise<TestProcess> {
  const script = new URL("./testing/child-scheduler.ts", import.meta.url);
  const child = await startProcess(script, { TEST_URL: t.url, ...env });
  processes.push(child);
  return child;
}

const aborted = (signal: AbortSignal) => new Promise<never>((_, reject) => signal.addEventListener("abort", reject));

async function incidentOf(name: string): Promise<string | undefined> {
  const { rows } = await sql<{ state: string }>`
    select state from platform.incidents where key = ${`schedule:${name}`}
  `.execute(t.database.db);
  return rows[0]?.state;
}

describe("ticks", () => {
  test("of three schedulers one alone runs each tick", async () => {
    const seen: string[] = [];
    const one = schedule(async ({ scheduledAt }) => {
      seen.push(scheduledAt.toISOString());
      return { looked: 1 };
    });
    await Promise.all([start(one), start(one), start(one)]);
    await eventually(async () => seen.length >= 4);
    expect(new Set(seen).size).toBe(seen.length);
    const runs = await eventually(async () => {
      const rows = await schedules.runs(one.name);
      return rows.filter(({ status }) => status === "done").length >= 4 && rows;
    });
    expect(runs.at(-1)).toMatchObject({ cause: "tick", report: { looked: 1 }, error: null });
  });

  test("processes whose clocks are wrong by 90 s either way run each tick once, when it is due", async () => {
    const name = nameOf();
    await Promise.all([
      startChild({ TEST_SCHEDULE: name, TEST_SKEW_MS: "90000" }),
      startChild({ TEST_SCHEDULE: name, TEST_SKEW_MS: "-90000" }),
      startChild({ TEST_SCHEDULE: name }),
    ]);
    const effects = await eventually(async () => {
      const all = await effectsOf(t.database.db, name);
      return all.filter(({ phase }) => phase === "ended").length >= 4 && all;
    });
    const started = effects.filter(({ phase }) => phase === "started").map(({ jobId }) => jobId);
    expect(new Set(started).size).toBe(started.length);
    const { rows } = await sql<{ early: number }>`
      select count(*) filter (where started_at < scheduled_at)::int as early
      from platform.schedule_runs where schedule = ${name}
    `.execute(t.database.db);
    expect(rows[0]?.early).toBe(0);
  });

  test("a run that is still going makes the next tick a recorded skip", async () => {
    const finish = Promise.withResolvers<void>();
    const one = schedule(async () => {
      await finish.promise;
      return {};
    });
    await Promise.all([start(one), start(one)]);
    const skipped = await eventually(async () =>
      (await schedules.runs(one.name)).find(({ status }) => status === "skipped"),
    );
    expect(skipped.reason).toBe("overlap");
    finish.resolve();
    await eventually(async () => (await schedules.runs(one.name)).some(({ status }) => status === "done"));
  });

  test("after all were away, the latest missed tick is run once, or recorded as missed where that is wanted", async () => {
    for (const missedTicks of ["latest", "none"] as const) {
      const ran: Date[] = [];
      // Due at the start of this year, local time; it will not be due again while we look.
      const one = schedule(
        async ({ scheduledAt }) => {
          ran.push(scheduledAt);
          return {};
        },
        { cron: "0 0 1 1 *", missedTicks },
      );
      await start(one);
      expect(await schedules.runs(one.name)).toEqual([]);
      await schedulers.splice(0)[0]?.stop();
      await sql`update platform.schedules set ticks_since = '2020-01-01' where name = ${one.name}`.execute(
        t.database.db,
      );
      await Promise.all([start(one), start(one)]);
      const [run] = await eventually(async () => {
        const runs = await schedules.runs(one.name);
        return runs.length > 0 && runs[0]?.status !== "running" && runs;
      });
      if (missedTicks === "latest") {
        expect(run).toMatchObject({ status: "done", cause: "tick" });
        expect(ran).toEqual([run?.scheduledAt]);
      } else {
        expect(run).toMatchObject({ status: "skipped", reason: "missed" });
        expect(ran).toEqual([]);
      }
    }
  });
});

describe("ends", () => {
  test("a killed process's run is closed as failed and begun once more by another", async () => {
    const name = nameOf();
    const cron = "* * * * * *";
    const first = await startChild({ TEST_SCHEDULE: name, TEST_HANGS: "true", TEST_CRON: cron });
    await eventually(async () => (await effectsOf(t.database.db, name)).length > 0);
    const second = await startChild({ TEST_SCHEDULE: name, TEST_CRON: cron });
    first.kill("SIGKILL");
    const effects = await eventually(async () => {
      const all = await effectsOf(t.database.db, name);
      return all.some(({ phase }) => phase === "ended") && all;
    });
    // The same tick, in the other process.
    expect(effects[1]).toMatchObject({ pid: second.pid, jobId: effects[0]?.jobId });
    const runs = await eventually(async () => {
      const all = await schedules.runs(name);
      return all.some(({ cause, status }) => cause === "retry" && status === "done") && all;
    });
    expect(runs.filter(({ cause }) => cause === "retry")).toHaveLength(1);
    expect(runs.at(-1)).toMatchObject({ status: "failed", error: expect.stringMatching(/^PROCESS_DIED/) });
  });

  test("a failed run opens an incident, and the next good one resolves it", async () => {
    let isBroken = true;
    const one = schedule(async () => {
      if (isBroken) throw new Error("the supplier is away");
      return {};
    });
    await start(one);
    await eventually(async () => (await incidentOf(one.name)) === "open");
    const failed = (await schedules.runs(one.name)).find(({ status }) => status === "failed");
    expect(failed?.error).toBe("FAILED: the supplier is away");
    isBroken = false;
    await eventually(async () => (await incidentOf(one.name)) === "resolved");
  });

  test("a run that takes too long is aborted and failed", async () => {
    const one = schedule(async ({ signal }) => aborted(signal), { timeLimitMs: 50 });
    await start(one);
    const failed = await eventually(async () =>
      (await schedules.runs(one.name)).find(({ status }) => status === "failed"),
    );
    expect(failed.error).toMatch(/^TIME_LIMIT: /);
  });

  test("a run that a stop breaks off is begun anew by another process", async () => {
    let isFirst = true;
    const one = schedule(async ({ signal }) => {
      if (!isFirst) return { again: 1 };
      isFirst = false;
      return aborted(signal);
    });
    const first = await start(one);
    await eventually(async () => !isFirst);
    await start(one);
    await first.stop({ graceMs: 0 });
    schedulers.splice(schedulers.indexOf(first), 1);
    const retry = await eventually(async () =>
      (await schedules.runs(one.name)).find(({ cause, status }) => cause === "retry" && status === "done"),
    );
    expect(retry.report).toEqual({ again: 1 });
  });
});

describe("the operator", () => {
  test("can have a run now, one at a time", async () => {
    const finish = Promise.withResolvers<void>();
    const one = schedule(
      async () => {
        await finish.promise;
        return { by: 1 };
      },
      { cron: never },
    );
    const scheduler = await start(one);
    await scheduler.runNow(one.name);
    await eventually(async () => (await schedules.runs(one.name)).length === 1);
    await expect(scheduler.runNow(one.name)).rejects.toMatchObject({ code: "CONFLICT" });
    finish.resolve();
    const done = await eventually(async () => (await schedules.runs(one.name)).find(({ status }) => status === "done"));
    expect(done).toMatchObject({ cause: "manual", report: { by: 1 } });
    await expect(scheduler.runNow("nothing_like_it")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("can pause a schedule: its ticks pass by, and stay undone when it goes on", async () => {
    const one = schedule(async () => ({}));
    await start(one);
    await eventually(async () => (await schedules.runs(one.name)).length > 0);
    await schedules.pause(one.name, "ana");
    const before = (await schedules.runs(one.name)).length;
    const paused = (await schedules.list()).find(({ name }) => name === one.name);
    expect(paused).toMatchObject({ pausedBy: "ana", lastRun: { schedule: one.name } });
    // Two ticks pass, by the clock of another schedule.
    const other = schedule(async () => ({}));
    await start(other);
    await eventually(async () => (await schedules.runs(other.name)).length >= 2);
    expect(await schedules.runs(one.name)).toHaveLength(before);
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(t.database.db);
    await schedules.resume(one.name);
    const resumed = await eventually(async () => {
      const runs = await schedules.runs(one.name);
      return runs.length > before && runs;
    });
    expect(resumed[resumed.length - before - 1]?.scheduledAt.getTime()).toBeGreaterThan(rows[0]?.now.getTime() ?? 0);
  });

  test("old runs are deleted, younger ones and those that go are kept", async () => {
    const one = schedule(async () => ({}), { cron: never });
    const scheduler = await start(one);
    await scheduler.runNow(one.name);
    await eventually(async () => (await schedules.runs(one.name)).find(({ status }) => status === "done"));
    await sql`
      update platform.schedule_runs set started_at = now() - interval '40 days' where schedule = ${one.name}
    `.execute(t.database.db);
    await schedules.deleteOldRuns(30, new AbortController().signal);
    expect(await schedules.runs(one.name)).toEqual([]);
    expect(await deleteOldRuns(t.database.db, 30, 10)).toBe(0);
  });
});
