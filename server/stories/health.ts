import type { HealthCheck } from "../foundation/module.ts";
import { countActiveRuns } from "./illustrations/queries.ts";

/**
 * That stories can be read, and how much is under way. A provider that is down keeps nobody from the rest of the shop: it
 * is told by incidents and `GET /v1/stories/metrics`, not here.
 */
export const storyHealth: HealthCheck = {
  name: "stories",
  check: async ({ database }) => ({ activeRuns: await countActiveRuns(database.db) }),
};
