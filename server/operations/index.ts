import type { Module } from "../foundation/module.ts";
import { registerBreakerRoutes } from "./breakers/routes.ts";
import { registerClientReportRoutes } from "./client-reports/routes.ts";
import { componentsOf } from "./health/components.ts";
import { EventLoopWatch } from "./health/event-loop-watch.ts";
import { healthCheck } from "./health/health-check.ts";
import { readyChecks } from "./health/ready-checks.ts";
import { registerHealthRoutes } from "./health/routes.ts";
import { registerIncidentRoutes } from "./incidents/routes.ts";
import { registerJobRoutes } from "./jobs/routes.ts";
import { retention } from "./retention.ts";
import { registerScheduleRoutes } from "./schedules/routes.ts";
import { registerSettingRoutes } from "./settings/routes.ts";
import { registerStorageRoutes } from "./storage/routes.ts";

const components = componentsOf(new EventLoopWatch());

/** What an operator sees and does: health, jobs, schedules, incidents, settings, storage (contracts, *Operations*). */
export const operations: Module = {
  name: "operations",
  routes: (app, foundation) => {
    registerHealthRoutes(app, foundation, components);
    registerJobRoutes(app, foundation);
    registerScheduleRoutes(app, foundation);
    registerBreakerRoutes(app, foundation);
    registerIncidentRoutes(app, foundation);
    registerSettingRoutes(app, foundation);
    registerStorageRoutes(app, foundation);
    registerClientReportRoutes(app, foundation);
  },
  schedules: [retention, healthCheck(components)],
  healthChecks: readyChecks,
};
