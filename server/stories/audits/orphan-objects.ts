import { sweep } from "../../foundation/audits/sweep.ts";
import type { Audit } from "../../foundation/module.ts";
import { findUnreferencedKeys } from "../pictures/queries.ts";
import { storyOrphanGraceHours } from "../settings.ts";

const objectsPerSlice = 1_000;
const slicesMax = 200;

/**
 * Objects of stories that no row refers to: of workers that were killed between store and database, of attempts that are
 * forgotten. Removed only after a grace time, longer than anything may be under way. Without `repair`, they are counted.
 */
export const orphanStoryObjects: Audit = {
  name: "orphan-story-objects",

  run: (context) =>
    sweep("orphan-story-objects", context, slicesMax, async (after) => {
      const { foundation, signal, repair, log } = context;
      const { store, database, settings } = foundation;
      const oldest = Date.now() - (await settings.get(storyOrphanGraceHours)) * 3_600_000;
      const page = await store.list("stories/", { ...(after !== null && { after }), limit: objectsPerSlice, signal });
      const settled = page.objects.filter(({ modifiedAt }) => modifiedAt.getTime() <= oldest).map(({ key }) => key);
      const orphans = settled.length === 0 ? [] : await findUnreferencedKeys(database.db, settled);
      let repaired = 0;
      for (const key of repair ? orphans : []) {
        await store.delete(key, signal);
        repaired += 1;
      }
      if (orphans.length > 0)
        log.info({ found: orphans.length, repaired }, "objects of stories that nothing refers to");
      return { report: { checked: page.objects.length, found: orphans.length, repaired }, next: page.nextAfter };
    }),
};
