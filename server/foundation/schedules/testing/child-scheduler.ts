// A scheduler process of its own, to be killed by tests. `TEST_SKEW_MS` sets its wall clock wrong before anything reads it.
const skewMs = Number(process.env.TEST_SKEW_MS ?? 0);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(RealDate.now() + skewMs);
    else super(...(parts as [number]));
  }
  static override now(): number {
    return RealDate.now() + skewMs;
  }
} as DateConstructor;

const { sql } = await import("kysely");
const { Database } = await import("../../database/database.ts");
const { recordEffect } = await import("../../jobs/testing/effects.ts");
const { testFoundation } = await import("../../jobs/testing/test-foundation.ts");
const { createLogger } = await import("../../telemetry/logger.ts");
const { startScheduler } = await import("../scheduler.ts");

const url = process.env.TEST_URL ?? "";
const log = createLogger({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
const database = new Database({ url, directUrl: url, connectionsMax: 6, log });
const name = process.env.TEST_SCHEDULE ?? "";
const hangs = process.env.TEST_HANGS === "true";
await startScheduler({
  foundation: testFoundation(database, { log }),
  heartbeatMs: 200,
  liveness: { restartGraceMs: 0 },
  schedules: [
    {
      name,
      cron: process.env.TEST_CRON ?? "* * * * * *",
      timeLimitMs: 60_000,
      missedTicks: "latest",
      run: async ({ scheduledAt, signal }) => {
        const effect = { jobId: scheduledAt.toISOString(), name, pid: process.pid };
        await recordEffect(database.db, { ...effect, phase: "started" });
        if (hangs) await new Promise((_, reject) => signal.addEventListener("abort", reject));
        await sql`select pg_sleep(0.05)`.execute(database.db);
        await recordEffect(database.db, { ...effect, phase: "ended" });
        return { done: 1 };
      },
    },
  ],
});
// The test that started us has gone.
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
