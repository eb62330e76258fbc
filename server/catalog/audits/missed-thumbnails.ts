import type { Foundation } from "../../foundation/foundation.ts";
import type { Audit } from "../../foundation/module.ts";
import { closeAbandonedThumbnailJobs, countMissedMainThumbnails, requeueMissedMainThumbnails } from "./queries.ts";

const batch = 500;

/**
 * Main photos that should have had thumbnails for two minutes and that nothing works on: enqueued again, and counted as
 * missed. In a healthy shop there are none; each is one that the incident of requirement 01 would have lost.
 */
export const missedThumbnails: Audit = {
  name: "missed-thumbnails",

  async run({ foundation, repair, log }) {
    const { db } = foundation.database;
    if (!repair) {
      const found = await countMissedMainThumbnails(db, batch);
      return { checked: found, found, repaired: 0 };
    }
    const abandoned = await foundation.database.transaction((tx) => closeAbandonedThumbnailJobs(tx, batch));
    const missed = await foundation.database.transaction((tx) => requeueMissedMainThumbnails(tx, batch));
    await tell(foundation, missed);
    if (missed.length > 0) log.warn({ count: missed.length, imageIds: missed.slice(0, 20) }, "photos had been missed");
    foundation.metrics
      .counter("bodega_thumbnails_missed_total", "Main photos that the sweep found without thumbnails.")
      .inc(missed.length);
    const found = new Set([...abandoned, ...missed]).size;
    return { checked: found, found, repaired: found };
  },
};

/** One that was missed is a fault of ours to look into, even though it is put right; gone once a sweep finds none. */
async function tell({ database, incidents }: Foundation, missed: readonly string[]): Promise<void> {
  const key = "thumbnails-missed";
  await database.transaction(async (tx) => {
    if (missed.length === 0) await incidents.resolve(tx, key);
    else {
      await incidents.open(tx, {
        key,
        kind: "thumbnails_missed",
        severity: "warning",
        title: "Photos waited for thumbnails and nothing worked on them; the sweep started them.",
        evidence: { count: missed.length, imageIds: missed.slice(0, 20) },
      });
    }
  });
}
