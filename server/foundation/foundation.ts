import type { Config } from "../config.ts";
import type { Authenticator } from "./auth/authenticator.ts";
import type { Database } from "./database/database.ts";
import type { Events } from "./events/events.ts";
import type { Incidents } from "./incidents/incidents.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { RateLimiter } from "./resilience/rate-limiter.ts";
import type { Settings } from "./settings/settings.ts";
import type { ObjectStore } from "./storage/object-store.ts";
import type { Logger } from "./telemetry/logger.ts";
import type { Metrics } from "./telemetry/metrics.ts";

/** What every module stands on, built once by `application.ts` and passed in; nothing is imported as a global. */
export interface Foundation {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly database: Database;
  readonly store: ObjectStore;
  readonly settings: Settings;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly incidents: Incidents;
  readonly limiter: RateLimiter;
  readonly authenticator: Authenticator;
}
