import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { type BreakerPass, type BreakerPolicy, Breakers } from "./breakers.ts";

let t: TestDatabase;
let breakers: Breakers;
beforeAll(async () => {
  t = await testDatabase();
  breakers = new Breakers({ database: t.database });
});
afterAll(() => t.drop());

/** Does not come back while a test runs. */
const strict: BreakerPolicy = { failuresMax: 3, windowMs: 60_000, openMs: 3_600_000, openMsMax: 7_200_000 };
const newName = () => `test-${randomUUID()}`;

async function passOf(name: string, policy: BreakerPolicy = strict, among: Breakers = breakers): Promise<BreakerPass> {
  const { pass } = await among.enter(name, policy);
  if (pass === null) throw new Error("it is open");
  return pass;
}

async function open(name: string, policy: BreakerPolicy = strict): Promise<void> {
  for (let n = 0; n < policy.failuresMax; n += 1) await (await passOf(name, policy)).failed("TIMEOUT");
}

/** As if the pause were over. */
async function endPause(name: string): Promise<void> {
  await sql`update platform.breakers set open_until = clock_timestamp() where name = ${name}`.execute(t.database.db);
}

const rowOf = async (name: string) => (await breakers.list()).find((each) => each.name === name);
const incidentOf = async (name: string) => {
  const { rows } = await sql<{ readonly state: string }>`
    select state from platform.incidents where key = ${`breaker:${name}`}
  `.execute(t.database.db);
  return rows[0]?.state;
};

describe("a breaker", () => {
  test("opens after failures in a row, and a success among them begins anew", async () => {
    const name = newName();
    for (const isFailure of [true, true, false, true, true]) {
      const pass = await passOf(name);
      await (isFailure ? pass.failed("TIMEOUT") : pass.succeeded());
    }
    expect(await rowOf(name)).toMatchObject({ state: "closed", failures: 2 });
    await (await passOf(name)).failed("SERVER_ERROR");
    expect(await rowOf(name)).toMatchObject({ state: "open", trips: 1, lastFailure: "SERVER_ERROR" });
    expect(await breakers.enter(name, strict)).toMatchObject({ pass: null, retryAt: expect.any(Date) });
    expect(await incidentOf(name)).toBe("open");
  });

  test("opened by one process is open for another at its next request", async () => {
    const name = newName();
    const other = openTestDatabase(t.url);
    await open(name);
    expect(await new Breakers({ database: other }).enter(name, strict)).toMatchObject({ pass: null });
    await other.close();
  });

  test("failures that are long apart do not count together", async () => {
    const name = newName();
    for (let n = 0; n < 6; n += 1) {
      await (await passOf(name)).failed("TIMEOUT");
      await sql`update platform.breakers set failing_since = failing_since - interval '2 minutes' where name = ${name}`.execute(
        t.database.db,
      );
    }
    expect(await rowOf(name)).toMatchObject({ state: "closed", failures: 1 });
  });

  test("lets one of a hundred probe when the pause is over, whatever process they are in", async () => {
    const name = newName();
    const databases = [t.database, openTestDatabase(t.url), openTestDatabase(t.url)];
    const replicas = databases.map((database) => new Breakers({ database }));
    await open(name);
    await endPause(name);
    const answers = await Promise.all(
      Array.from({ length: 99 }, (_, n) => (replicas[n % 3] ?? breakers).enter(name, strict)),
    );
    const passes = answers.flatMap(({ pass }) => (pass === null ? [] : [pass]));
    expect(passes.map(({ isProbe }) => isProbe)).toEqual([true]);
    await passes[0]?.succeeded();
    expect(await rowOf(name)).toMatchObject({ state: "closed", failures: 0, trips: 0 });
    expect(await incidentOf(name)).toBe("resolved");
    for (const database of databases.slice(1)) await database.close();
  });

  test("a probe that fails opens it for twice as long", async () => {
    const name = newName();
    await open(name);
    await endPause(name);
    const before = Date.now();
    await (await passOf(name)).failed("TIMEOUT");
    const row = await rowOf(name);
    expect(row).toMatchObject({ state: "open", trips: 2 });
    expect((row?.openUntil?.getTime() ?? 0) - before).toBeGreaterThan(1.9 * strict.openMs);
  });

  test("a probe whose process died gives way when its lease runs out, and its late report changes nothing", async () => {
    const name = newName();
    await open(name);
    await endPause(name);
    const dead = await passOf(name);
    expect(await breakers.enter(name, strict)).toMatchObject({ pass: null });
    await sql`update platform.breakers set probe_until = clock_timestamp() where name = ${name}`.execute(t.database.db);
    const next = await passOf(name);
    expect(next.isProbe).toBe(true);
    await dead.succeeded();
    await dead.renew();
    await dead.left();
    expect(await rowOf(name)).toMatchObject({ state: "half_open" });
    await next.succeeded();
    expect(await rowOf(name)).toMatchObject({ state: "closed" });
  });

  test("a probe that shows signs of life keeps its lease", async () => {
    const name = newName();
    await open(name);
    await endPause(name);
    const probe = await passOf(name);
    await sql`update platform.breakers set probe_until = probe_until - interval '14 seconds' where name = ${name}`.execute(
      t.database.db,
    );
    const before = (await rowOf(name))?.probeUntil?.getTime() ?? 0;
    await probe.renew();
    expect((await rowOf(name))?.probeUntil?.getTime()).toBeGreaterThan(before + 10_000);
    await probe.left();
  });

  test("a probe that says nothing of the service leaves it to the next caller", async () => {
    const name = newName();
    await open(name);
    await endPause(name);
    await (await passOf(name)).left();
    expect((await passOf(name)).isProbe).toBe(true);
  });

  test("calls that were let in before it opened decide nothing afterwards", async () => {
    const name = newName();
    const [early, late] = [await passOf(name), await passOf(name)];
    await open(name);
    await early.succeeded();
    expect(await rowOf(name)).toMatchObject({ state: "open" });
    await endPause(name);
    const probe = await passOf(name);
    await probe.succeeded();
    await late.failed("TIMEOUT");
    expect(await rowOf(name)).toMatchObject({ state: "closed", failures: 0 });
  });

  test("a reset closes it for everybody, and what was under way is not counted", async () => {
    const name = newName();
    const underWay = await passOf(name);
    await open(name);
    const reset = await t.database.transaction((tx) => breakers.reset(tx, name, "ana"));
    expect(reset).toMatchObject({ state: "closed", failures: 0, trips: 0, resetBy: "ana" });
    await underWay.failed("TIMEOUT");
    expect(await rowOf(name)).toMatchObject({ state: "closed", failures: 0 });
    expect((await passOf(name)).isProbe).toBe(false);
    expect(await incidentOf(name)).toBe("resolved");
    expect(await t.database.transaction((tx) => breakers.reset(tx, newName(), "ana"))).toBeNull();
  });
});

/** What the breaker is by its own description, without a database. */
class Model {
  state: "closed" | "open" | "half_open" = "closed";
  failures = 0;
  trips = 0;
  era = 0;
  isPauseOver = false;
  probe = -1;
  readonly max: number;

  constructor(max: number) {
    this.max = max;
  }

  enter(call: number): "closed" | "probe" | "open" {
    if (this.state === "closed") return "closed";
    if (this.state === "half_open" || !this.isPauseOver) return "open";
    this.#to("half_open");
    this.probe = call;
    return "probe";
  }

  end(call: number, era: number, how: "succeeded" | "failed" | "left"): void {
    const isProbe = this.state === "half_open" && this.probe === call;
    if (era !== this.era || !(this.state === "closed" || isProbe)) return;
    if (how === "succeeded") {
      this.failures = 0;
      this.trips = 0;
      if (isProbe) this.#to("closed");
    } else if (how === "left") {
      if (isProbe) this.#to("open", true);
    } else {
      this.failures += 1;
      if (!isProbe && this.failures < this.max) return;
      this.trips += 1;
      this.#to("open");
    }
  }

  reset(): void {
    this.failures = 0;
    this.trips = 0;
    this.#to("closed");
  }

  #to(state: Model["state"], isPauseOver = false): void {
    this.state = state;
    this.era += 1;
    this.isPauseOver = isPauseOver;
  }
}

const steps = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "enter" } as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("end" as const),
      which: fc.nat(),
      how: fc.constantFrom("succeeded" as const, "failed" as const, "failed" as const, "left" as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "pause over" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "reset" } as const) },
);

test("whatever callers do in whatever order, it is what its description says", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(steps, { minLength: 1, maxLength: 30 }),
      async (failuresMax, plan) => {
        const name = newName();
        const policy = { ...strict, failuresMax };
        const model = new Model(failuresMax);
        const calls: { readonly number: number; readonly era: number; readonly pass: BreakerPass }[] = [];
        let number = 0;
        for (const step of plan) {
          if (step.kind === "enter") {
            number += 1;
            const expected = model.enter(number);
            const { pass } = await breakers.enter(name, policy);
            expect(pass === null ? "open" : pass.isProbe ? "probe" : "closed").toBe(expected);
            if (pass !== null) calls.push({ number, era: model.era, pass });
          } else if (step.kind === "end" && calls.length > 0) {
            const [call] = calls.splice(step.which % calls.length, 1);
            if (call === undefined) continue;
            model.end(call.number, call.era, step.how);
            await (step.how === "failed" ? call.pass.failed("TIMEOUT") : call.pass[step.how]());
          } else if (step.kind === "pause over" && model.state === "open") {
            model.isPauseOver = true;
            await endPause(name);
          } else if (step.kind === "reset" && number > 0) {
            model.reset();
            await t.database.transaction((tx) => breakers.reset(tx, name, "ana"));
          }
          const row = await rowOf(name);
          if (row !== undefined) {
            const { state, failures, trips } = model;
            expect(row).toMatchObject({ state, failures, trips });
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
