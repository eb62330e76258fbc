import type { Schedule, ScheduleContext } from "../foundation/module.ts";
import { resumeIllustrations } from "./illustrations/queries.ts";

const minuteMs = 60_000;

export const storySchedules: readonly Schedule[] = [
  {
    name: "story_audit",
    cron: "* * * * *",
    timeLimitMs: minuteMs,
    missedTicks: "none",
    run: async ({ foundation }: ScheduleContext) => ({
      runsResumed: await foundation.database.transaction((tx) => resumeIllustrations(tx, 100)),
    }),
  },
];
