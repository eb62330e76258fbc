import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startBackground } from "../../application.ts";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { operations } from "../index.ts";

let shop: TestApplication;
beforeAll(async () => {
  shop = await testApplication();
});
afterAll(() => shop.close());

const healthShape = z.object({
  state: z.string(),
  score: z.number(),
  components: z.array(z.object({ name: z.string(), state: z.string(), summary: z.string() })),
});

async function health() {
  const answer = await shop.request({ role: "admin" }, "GET", "/v1/operations/health");
  expect(answer.status).toBe(200);
  const report = healthShape.parse(await answer.json());
  return { ...report, states: Object.fromEntries(report.components.map(({ name, state }) => [name, state])) };
}

async function runHealthCheck() {
  const schedule = operations.schedules?.find(({ name }) => name === "health_check");
  if (schedule === undefined) throw new Error("there is no health_check");
  const { foundation } = shop;
  const signal = AbortSignal.timeout(20_000);
  return schedule.run({ foundation, signal, scheduledAt: new Date(), log: foundation.log });
}

const unresolved = async () => {
  const { items } = await shop.foundation.incidents.list({ states: ["open", "acknowledged"] });
  return items.map(({ key }) => key).filter((key) => key.startsWith("health:"));
};

/** A file where the folder of objects should be: nothing can be stored. */
async function breakStore() {
  const objects = join(shop.foundation.config.dataDir, "objects");
  await mkdir(objects, { recursive: true });
  await rename(objects, `${objects}.away`);
  await writeFile(objects, "");
  return async () => {
    await rm(objects);
    await rename(`${objects}.away`, objects);
  };
}

describe("the health of the shop", () => {
  it("says that nobody works while no worker runs, and that all is well once one does", async () => {
    const alone = await health();
    expect(alone.states).toMatchObject({ database: "ok", store: "ok", queue: "failing", schedules: "failing" });
    expect(alone.state).toBe("failing");
    expect(await runHealthCheck()).toMatchObject({ failing: 2 });
    expect((await unresolved()).sort()).toEqual(["health:queue", "health:schedules"]);

    const stops = await startBackground(shop.foundation);
    try {
      const manned = await health();
      expect(manned.states).toMatchObject({ database: "ok", store: "ok", queue: "ok", schedules: "ok" });
      expect(manned.score).toBeGreaterThan(alone.score);
      expect(await runHealthCheck()).toMatchObject({ failing: 0 });
      expect(await unresolved()).toEqual([]);
    } finally {
      for (const stop of stops.reverse()) await stop();
    }
  });

  it("shows a store that cannot be written, and tells balancers only when it cannot be asked", async () => {
    const ready = await shop.request(null, "GET", "/health/ready");
    expect(await ready.json()).toMatchObject({
      status: "ok",
      checks: { database: "ok", migrations: "ok", store: "ok" },
    });
    const mend = await breakStore();
    try {
      expect((await health()).states).toMatchObject({ store: "failing", database: "ok" });
      await runHealthCheck();
      expect(await unresolved()).toContain("health:store");
    } finally {
      await mend();
    }
    await runHealthCheck();
    expect(await unresolved()).not.toContain("health:store");
  });
});
