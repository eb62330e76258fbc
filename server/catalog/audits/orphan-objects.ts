import { sweep } from "../../foundation/audits/sweep.ts";
import type { Audit } from "../../foundation/module.ts";
import { orphanGraceHours } from "../settings.ts";
import { findOrphanKeys } from "./queries.ts";

const objectsPerSlice = 1_000;
const slicesMax = 200;

/**
 * Objects that no row refers to: of uploads that were cut off, of workers that were killed between store and database.
 * Removed only after a grace time, longer than anything may be under way. Without `repair`, they are counted.
 */
export const orphanObjects: Audit = {
  name: "orphan-objects",

  run: (context) =>
    sweep("orphan-objects", context, slicesMax, async (after) => {
      const { foundation, signal, repair, log } = context;
      const { store, database, settings } = foundation;
      const graceHours = await settings.get(orphanGraceHours);
      const oldest = Date.now() - graceHours * 3_600_000;
      const page = await store.list("products/", {
        ...(after !== null && { after }),
        limit: objectsPerSlice,
        signal,
      });
      const settled = page.objects.filter((object) => object.modifiedAt.getTime() <= oldest).map(({ key }) => key);
      const orphans = settled.length === 0 ? [] : await findOrphanKeys(database.db, settled);
      let repaired = 0;
      for (const key of repair ? orphans : []) {
        await store.delete(key, signal);
        repaired += 1;
      }
      if (orphans.length > 0) log.info({ found: orphans.length, repaired }, "objects that nothing refers to");
      return { report: { checked: page.objects.length, found: orphans.length, repaired }, next: page.nextAfter };
    }),
};
