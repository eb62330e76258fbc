import { Database } from "../../database/database.ts";
import { createLogger } from "../../telemetry/logger.ts";
import { startWorker } from "../worker.ts";
import { actTask } from "./effects.ts";
import { testFoundation } from "./test-foundation.ts";

// A worker process of its own, to be killed by tests.

const url = process.env.TEST_URL ?? "";
const log = createLogger({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
const database = new Database({ url, directUrl: url, connectionsMax: 6, log });
const worker = await startWorker({
  foundation: testFoundation(database, { log }),
  tasks: [actTask],
  concurrency: Number(process.env.TEST_CONCURRENCY ?? 2),
  heartbeatMs: 200,
  liveness: { restartGraceMs: 0, frozenAfterMs: 1_500, ...JSON.parse(process.env.TEST_LIVENESS ?? "{}") },
});
process.once("SIGTERM", async () => {
  await worker.stop({ graceMs: 500 });
  await database.close();
  process.exit(0);
});
// The test that started us has gone.
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
