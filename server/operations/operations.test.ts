import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { eventually } from "../foundation/jobs/testing/child-process.ts";
import { startScheduler } from "../foundation/schedules/scheduler.ts";
import { type TestApplication, testApplication } from "../testing/test-application.ts";

let shop: TestApplication;
beforeAll(async () => {
  shop = await testApplication();
});
afterAll(() => shop.close());

const admin = { role: "admin" } as const;

/** The admin's request; checks the status and gives the JSON. */
async function ask(method: string, path: string, status: number, body?: unknown, headers = {}): Promise<unknown> {
  const answer = await shop.request(admin, method, `/v1/operations${path}`, body, headers);
  const text = await answer.text();
  expect(answer.status, `${method} ${path}: ${text}`).toBe(status);
  return text === "" ? null : JSON.parse(text);
}

const itemsOf = (body: unknown) => z.object({ items: z.array(z.looseObject({})) }).parse(body).items;
const problemOf = (body: unknown) => z.object({ code: z.string() }).parse(body).code;

describe("operations", () => {
  const id = randomUUID();
  it.each([
    ["GET", "/health"],
    ["GET", "/jobs"],
    ["GET", "/jobs/1"],
    ["POST", "/jobs/1/retry"],
    ["POST", "/jobs/1/cancel"],
    ["GET", "/schedules"],
    ["GET", "/schedules/retention/runs"],
    ["POST", "/schedules/retention/run"],
    ["POST", "/schedules/retention/pause"],
    ["POST", "/schedules/retention/resume"],
    ["GET", "/incidents"],
    ["GET", `/incidents/${id}`],
    ["POST", `/incidents/${id}/acknowledge`],
    ["POST", `/incidents/${id}/resolve`],
    ["GET", "/settings"],
    ["GET", "/settings/images.webpPolicy"],
    ["PUT", "/settings/images.webpPolicy"],
    ["GET", "/settings/images.webpPolicy/history"],
    ["GET", "/storage"],
  ])("%s %s is an administrator's alone", async (method, path) => {
    const body = method === "GET" ? undefined : {};
    const anonymous = await shop.request(null, method, `/v1/operations${path}`, body);
    expect([anonymous.status, problemOf(await anonymous.json())]).toEqual([401, "UNAUTHENTICATED"]);
    for (const role of ["warehouse", "sales", "supplier"] as const) {
      const refused = await shop.request({ role }, method, `/v1/operations${path}`, body);
      expect([role, refused.status, problemOf(await refused.json())]).toEqual([role, 403, "FORBIDDEN"]);
    }
  });
});

describe("jobs", () => {
  const enqueue = (runAt: Date) =>
    shop.database.transaction((tx) =>
      shop.foundation.jobs.enqueue(tx, "generate-thumbnails", { imageId: randomUUID() }, { runAt }),
    );
  const tomorrow = () => new Date(Date.now() + 86_400_000);

  it("are listed page by page, the newest first, none twice", async () => {
    const ids = [await enqueue(tomorrow()), await enqueue(tomorrow()), await enqueue(tomorrow())];
    const seen: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: unknown = await ask("GET", `/jobs?state=scheduled&limit=2${cursor && `&cursor=${cursor}`}`, 200);
      seen.push(...itemsOf(page).map((job) => job.id));
      cursor = z.object({ nextCursor: z.string().nullable() }).parse(page).nextCursor;
    }
    expect(seen).toEqual([...ids].reverse());
    expect(await ask("GET", `/jobs/${ids[0]}`, 200)).toMatchObject({ id: ids[0], state: "scheduled", attempts: 0 });
    for (const id of ids) await ask("POST", `/jobs/${id}/cancel`, 204);
  });

  it("can be brought forward, and taken off the queue, once each", async () => {
    const id = await enqueue(tomorrow());
    expect(await ask("POST", `/jobs/${id}/retry`, 202)).toEqual({ id });
    expect(await ask("GET", `/jobs/${id}`, 200)).toMatchObject({ state: "waiting" });
    const key = { "idempotency-key": randomUUID() };
    await ask("POST", `/jobs/${id}/cancel`, 204, undefined, key);
    await ask("POST", `/jobs/${id}/cancel`, 204, undefined, key);
    expect(problemOf(await ask("POST", `/jobs/${id}/cancel`, 404))).toBe("NOT_FOUND");
    expect(problemOf(await ask("POST", `/jobs/${id}/retry`, 404))).toBe("NOT_FOUND");
  });

  it("refuse what is malformed", async () => {
    for (const path of [
      "/jobs?state=lost",
      "/jobs?limit=0",
      "/jobs?limit=201",
      "/jobs?cursor=x",
      "/jobs/x",
      "/jobs/0",
    ]) {
      expect(problemOf(await ask("GET", path, 400))).toBe("VALIDATION_FAILED");
    }
  });
});

describe("schedules", () => {
  it("are listed, run on demand, and their runs logged", async () => {
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    const scheduler = await startScheduler({
      foundation: shop.foundation,
      schedules: [
        {
          name,
          cron: "0 0 1 1 *",
          timeLimitMs: 10_000,
          missedTicks: "none",
          run: async () => ({ looked: 3 }),
        },
      ],
    });
    try {
      expect(await ask("POST", `/schedules/${name}/pause`, 200)).toEqual({ name });
      const paused = itemsOf(await ask("GET", "/schedules", 200)).find((schedule) => schedule.name === name);
      expect(paused).toMatchObject({ name, pausedAt: expect.any(String), lastRun: null });
      expect(await ask("POST", `/schedules/${name}/run`, 202)).toEqual({ name });
      const runs = await eventually(async () => {
        const items = itemsOf(await ask("GET", `/schedules/${name}/runs`, 200));
        return items[0]?.status === "done" && items;
      });
      expect(runs).toMatchObject([{ schedule: name, cause: "manual", report: { looked: 3 }, error: null }]);
      expect(await ask("POST", `/schedules/${name}/resume`, 200)).toEqual({ name });
      const resumed = itemsOf(await ask("GET", "/schedules", 200)).find((schedule) => schedule.name === name);
      expect(resumed).toMatchObject({ pausedAt: null, pausedBy: null, lastRun: { status: "done" } });
    } finally {
      await scheduler.stop();
    }
  });

  it("refuse names that are not theirs", async () => {
    for (const act of ["run", "pause", "resume"]) {
      expect(problemOf(await ask("POST", `/schedules/no_such/${act}`, 404))).toBe("NOT_FOUND");
      expect(problemOf(await ask("POST", `/schedules/No%20Such/${act}`, 400))).toBe("VALIDATION_FAILED");
    }
    expect(problemOf(await ask("GET", "/schedules/no_such/runs", 404))).toBe("NOT_FOUND");
    expect(problemOf(await ask("GET", "/schedules/retention/runs?cursor=x", 400))).toBe("VALIDATION_FAILED");
  });
});

describe("incidents", () => {
  const open = () =>
    shop.database.transaction((tx) =>
      shop.foundation.incidents.open(tx, {
        key: `test:${randomUUID()}`,
        kind: "test",
        severity: "warning",
        title: "Something is the matter.",
        evidence: { seen: 1 },
      }),
    );
  const idsOf = async (state: string) =>
    itemsOf(await ask("GET", `/incidents?state=${state}`, 200)).map((incident) => incident.id);

  it("go from open over acknowledged to resolved, by whom and why", async () => {
    const id = await open();
    expect(await idsOf("open")).toContain(id);
    expect(await ask("POST", `/incidents/${id}/acknowledge`, 200)).toMatchObject({
      state: "acknowledged",
      acknowledgedBy: expect.any(String),
      evidence: { seen: 1 },
    });
    expect(await idsOf("open")).not.toContain(id);
    expect(await idsOf("unresolved")).toContain(id);
    const key = { "idempotency-key": randomUUID() };
    const resolution = "The cable was pulled.";
    const resolved = await ask("POST", `/incidents/${id}/resolve`, 200, { resolution }, key);
    expect(resolved).toMatchObject({ state: "resolved", resolution });
    expect(await ask("POST", `/incidents/${id}/resolve`, 200, { resolution }, key)).toEqual(resolved);
    expect(problemOf(await ask("POST", `/incidents/${id}/resolve`, 409, { resolution }))).toBe("CONFLICT");
    expect(problemOf(await ask("POST", `/incidents/${id}/acknowledge`, 409))).toBe("CONFLICT");
    expect(await ask("GET", `/incidents/${id}`, 200)).toEqual(resolved);
  });

  it("refuse what is malformed", async () => {
    const id = await open();
    expect(problemOf(await ask("GET", "/incidents?state=closed", 400))).toBe("VALIDATION_FAILED");
    expect(problemOf(await ask("GET", "/incidents/x", 400))).toBe("VALIDATION_FAILED");
    expect(problemOf(await ask("POST", `/incidents/${id}/resolve`, 400, {}))).toBe("VALIDATION_FAILED");
    expect(problemOf(await ask("POST", `/incidents/${id}/resolve`, 400, { resolution: "  " }))).toBe(
      "VALIDATION_FAILED",
    );
    expect(problemOf(await ask("GET", `/incidents/${randomUUID()}`, 404))).toBe("NOT_FOUND");
  });
});

describe("settings", () => {
  it("are listed with what they may be", async () => {
    const items = itemsOf(await ask("GET", "/settings", 200));
    expect(items.find((setting) => setting.key === "images.webpPolicy")).toMatchObject({
      value: "transcode",
      fallback: "transcode",
      isSet: false,
      allowed: { enum: ["transcode", "skip"] },
    });
    expect(items.map((setting) => setting.key)).toContain("limits.requests");
  });

  it("are changed for all at once, and the change kept with its author", async () => {
    const path = "/settings/images.webpPolicy";
    expect(await ask("PUT", path, 200, { value: "skip" })).toMatchObject({ value: "skip", isSet: true });
    expect(await ask("PUT", path, 200, { value: "transcode" })).toMatchObject({ value: "transcode" });
    expect(itemsOf(await ask("GET", `${path}/history`, 200))).toMatchObject([
      { oldValue: "skip", newValue: "transcode", changedBy: expect.any(String) },
      { oldValue: null, newValue: "skip" },
    ]);
    const first = await ask("GET", `${path}/history?limit=1`, 200);
    const { nextCursor } = z.object({ nextCursor: z.string() }).parse(first);
    expect(itemsOf(await ask("GET", `${path}/history?limit=1&cursor=${nextCursor}`, 200))).toHaveLength(1);
  });

  it("refuse values and keys that do not fit", async () => {
    expect(problemOf(await ask("PUT", "/settings/images.webpPolicy", 400, { value: "burn" }))).toBe(
      "VALIDATION_FAILED",
    );
    expect(problemOf(await ask("PUT", "/settings/images.pixelsMax", 400, { value: "many" }))).toBe("VALIDATION_FAILED");
    expect(problemOf(await ask("PUT", "/settings/images.webpPolicy", 400, { other: 1 }))).toBe("VALIDATION_FAILED");
    expect(problemOf(await ask("PUT", "/settings/images.webpPolicy", 400, {}))).toBe("VALIDATION_FAILED");
    expect(problemOf(await ask("PUT", "/settings/no.such", 404, { value: 1 }))).toBe("NOT_FOUND");
    expect(problemOf(await ask("GET", "/settings/no.such", 404))).toBe("NOT_FOUND");
    expect(problemOf(await ask("GET", "/settings/no.such/history", 404))).toBe("NOT_FOUND");
  });
});

describe("storage", () => {
  it("names the store without secrets, and tells nothing that was not looked at", async () => {
    expect(await ask("GET", "/storage", 200)).toMatchObject({
      store: expect.stringContaining("folder"),
      sweeps: [],
      rounds: [],
    });
  });
});
