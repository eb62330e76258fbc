import type { Audit, AuditReport, Schedule, ScheduleContext } from "../foundation/module.ts";
import { missingStoryObjects } from "./audits/missing-objects.ts";
import { orphanStoryObjects } from "./audits/orphan-objects.ts";
import { pruneAttempts, pruneRuns } from "./audits/queries.ts";
import { raiseStoryAlerts } from "./figures/alerts.ts";
import { strandedFlights, warnOfEndingModels } from "./gateway/index.ts";
import { resumeIllustrations } from "./illustrations/queries.ts";
import { attemptRetentionDays, runRetentionDays } from "./settings.ts";

const minuteMs = 60_000;
const batch = 100;

export const storyAudits: readonly Audit[] = [missingStoryObjects, orphanStoryObjects, strandedFlights];

/** What stands behind the roads of stories: nothing of a sound shop needs it. */
export const storySchedules: readonly Schedule[] = [
  {
    name: "story_audit",
    cron: "* * * * *",
    timeLimitMs: minuteMs,
    missedTicks: "none",
    run: async (context) => ({
      runsResumed: await context.foundation.database.transaction((tx) => resumeIllustrations(tx, batch)),
      ...counts("flights", await runAudit(strandedFlights, context)),
    }),
  },
  {
    name: "story_alerts",
    cron: "*/5 * * * *",
    timeLimitMs: minuteMs,
    missedTicks: "none",
    run: ({ foundation }) => raiseStoryAlerts(foundation),
  },
  {
    name: "story_storage_audit",
    cron: "37 * * * *",
    timeLimitMs: 20 * minuteMs,
    missedTicks: "none",
    run: async (context) => counts("missing", await runAudit(missingStoryObjects, context)),
  },
  {
    name: "story_orphan_purge",
    cron: "20 4 * * 0",
    timeLimitMs: 60 * minuteMs,
    missedTicks: "latest",
    run: async (context) => counts("orphans", await runAudit(orphanStoryObjects, context)),
  },
  {
    name: "story_retention",
    cron: "40 3 * * *",
    timeLimitMs: 30 * minuteMs,
    missedTicks: "latest",
    run: async (context) => {
      const { database, settings } = context.foundation;
      const runDays = await settings.get(runRetentionDays);
      const attemptDays = await settings.get(attemptRetentionDays);
      return {
        runsPruned: await untilNone(context, () => pruneRuns(database.db, runDays, batch)),
        attemptsPruned: await untilNone(context, () => pruneAttempts(database.db, attemptDays, batch)),
        modelsEnding: await warnOfEndingModels(context.foundation),
      };
    },
  },
];

function runAudit(audit: Audit, { foundation, signal, log }: ScheduleContext): Promise<AuditReport> {
  return audit.run({ foundation, signal, log: log.child({ audit: audit.name }), repair: true, full: false });
}

const counts = (what: string, report: AuditReport): Record<string, number> => ({
  [`${what}Checked`]: report.checked,
  [`${what}Found`]: report.found,
  [`${what}Repaired`]: report.repaired,
});

/** Repeats a batch until it has nothing to do; answers how much was done. */
async function untilNone({ signal }: ScheduleContext, work: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let done = await work(); done > 0; done = await work()) {
    total += done;
    signal.throwIfAborted();
  }
  return total;
}
