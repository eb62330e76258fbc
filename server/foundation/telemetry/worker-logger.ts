import { Logger as WorkerLogger } from "graphile-worker";
import type { Logger } from "./logger.ts";

/** graphile-worker's lines as ours. What it calls `info` happens for every job, so it is `debug` here. */
export function workerLogger(log: Logger): WorkerLogger {
  return new WorkerLogger((scope) => (level, message, meta) => {
    const bound = { part: "graphile-worker", ...scope, ...meta };
    switch (level) {
      case "error":
        return log.error(bound, message);
      case "warning":
        return log.warn(bound, message);
      default:
        return log.debug(bound, message);
    }
  });
}
