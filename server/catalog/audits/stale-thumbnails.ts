import { sweep } from "../../foundation/audits/sweep.ts";
import type { Audit } from "../../foundation/module.ts";
import { signatureEnforcement } from "../settings.ts";
import { backfillPriority, requestThumbnailGeneration } from "../thumbnails/queries.ts";
import { findStaleThumbnails } from "./queries.ts";

const photosPerSlice = 100;

/** A slice an hour by itself; `bodega backfill thumbnails` renews all of them at the rate that it is told. */
const slicesMax = 1;

/** Thumbnails of another recipe, or of other bytes: made again, behind all other work, where the setting says so. */
export const staleThumbnails: Audit = {
  name: "stale-thumbnails",

  run: (context) =>
    sweep("stale-thumbnails", context, slicesMax, async (after) => {
      const { foundation, repair } = context;
      const { db } = foundation.database;
      const stale = await findStaleThumbnails(db, after, photosPerSlice);
      const isEnforced = repair && (await foundation.settings.get(signatureEnforcement));
      let repaired = 0;
      for (const { imageId } of isEnforced ? stale : []) {
        const { queued } = await requestThumbnailGeneration(db, imageId, { force: false, priority: backfillPriority });
        if (queued) repaired += 1;
      }
      const next = stale.length < photosPerSlice ? null : (stale.at(-1)?.imageId ?? null);
      return { report: { checked: stale.length, found: stale.length, repaired }, next };
    }),
};
