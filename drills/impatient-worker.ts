import { modules, openApplication } from "../server/application.ts";
import { readConfig } from "../server/config.ts";
import { startWorker } from "../server/foundation/jobs/worker.ts";
import { createLogger } from "../server/foundation/telemetry/logger.ts";

/** Three heartbeats without a sign, instead of fifteen. */
const frozenAfterMs = 6_000;

/**
 * A worker like any other that takes silent colleagues for frozen sooner, so that a quick drill need not wait half a
 * minute. It runs no schedules.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger({ level: config.logLevel });
  const { foundation } = await openApplication(config, log);
  const tasks = modules.flatMap((module) => module.tasks ?? []);
  const { workerConcurrency: concurrency } = config;
  await startWorker({ foundation, tasks, concurrency, liveness: { frozenAfterMs } });
  log.info({ url: null }, "Bodega is running");
}

await main();
