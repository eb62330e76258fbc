import type { Audit, AuditReport, Schedule, ScheduleContext } from "../foundation/module.ts";
import { missedThumbnails } from "./audits/missed-thumbnails.ts";
import { missingObjects } from "./audits/missing-objects.ts";
import { orphanObjects } from "./audits/orphan-objects.ts";
import { staleThumbnails } from "./audits/stale-thumbnails.ts";
import { removeAbandonedFiles } from "./photos/original.ts";
import { purgeDeletedProducts } from "./products/queries.ts";
import { deletedProductsGraceDays } from "./settings.ts";
import { applyThumbnailsFor, pruneImageHistory, rollUpThumbnailMetrics } from "./thumbnails/queries.ts";

const minuteMs = 60_000;

export const catalogAudits: readonly Audit[] = [missedThumbnails, staleThumbnails, missingObjects, orphanObjects];

/** Audits that repair what they find, a slice at a time (contracts, *Operations*, Schedules). */
export const catalogSchedules: readonly Schedule[] = [
  {
    name: "thumbnail_audit",
    cron: "* * * * *",
    timeLimitMs: minuteMs,
    missedTicks: "none",
    run: async (context) => {
      const aligned = await untilNone(context, () => applyThumbnailsFor(context.foundation.database.db));
      return { ...counts("missed", await runAudit(missedThumbnails, context)), aligned };
    },
  },
  {
    name: "storage_audit",
    cron: "17 * * * *",
    timeLimitMs: 20 * minuteMs,
    missedTicks: "none",
    run: async (context) => ({
      ...counts("missing", await runAudit(missingObjects, context)),
      ...counts("stale", await runAudit(staleThumbnails, context)),
    }),
  },
  {
    name: "orphan_purge",
    cron: "0 4 * * 0",
    timeLimitMs: 60 * minuteMs,
    missedTicks: "latest",
    run: async (context) => counts("orphans", await runAudit(orphanObjects, context)),
  },
  {
    name: "catalog_retention",
    cron: "30 3 * * *",
    timeLimitMs: 30 * minuteMs,
    missedTicks: "latest",
    run: async (context) => {
      const { database, settings, config } = context.foundation;
      const graceDays = await settings.get(deletedProductsGraceDays);
      return {
        daysSummedUp: await rollUpThumbnailMetrics(database.db, config.shopTimeZone),
        productsPurged: await untilNone(context, () => purgeDeletedProducts(database.db, graceDays, 100)),
        historyPruned: await untilNone(context, () => pruneImageHistory(database.db)),
        abandonedUploads:
          (await removeAbandonedFiles(context.foundation)) + (await context.foundation.store.removeAbandonedUploads()),
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
async function untilNone({ signal }: ScheduleContext, batch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let done = await batch(); done > 0; done = await batch()) {
    total += done;
    signal.throwIfAborted();
  }
  return total;
}
