import { readConfig } from "../../../config.ts";
import type { Database } from "../../database/database.ts";
import type { Foundation } from "../../foundation.ts";
import { createLogger, type Logger } from "../../telemetry/logger.ts";
import { Metrics } from "../../telemetry/metrics.ts";
import { Jobs } from "../jobs.ts";

/** As much of a foundation as jobs and schedules stand on; the rest says so when it is touched. */
export function testFoundation(
  database: Database,
  options: { readonly timeZone?: string; readonly log?: Logger } = {},
): Foundation {
  const metrics = new Metrics({ withProcess: false });
  const log = options.log ?? createLogger({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  return {
    config: readConfig({ NODE_ENV: "test", SHOP_TIMEZONE: options.timeZone ?? "America/Argentina/Buenos_Aires" }),
    log,
    metrics,
    database,
    jobs: new Jobs({ database, metrics, log }),
    get store() {
      return absent("store");
    },
    get settings() {
      return absent("settings");
    },
    get events() {
      return absent("events");
    },
    get incidents() {
      return absent("incidents");
    },
    get limiter() {
      return absent("limiter");
    },
    get authenticator() {
      return absent("authenticator");
    },
  };
}

function absent(name: string): never {
  throw new Error(`The test's foundation has no ${name}.`);
}
