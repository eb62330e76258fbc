import { sweep } from "../../foundation/audits/sweep.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import type { Audit, AuditContext } from "../../foundation/module.ts";
import { productPrefix } from "../photos/object-keys.ts";
import { repairThumbnails, requestThumbnailGeneration } from "../thumbnails/queries.ts";
import {
  findMissingObjects,
  listLostOriginals,
  listProductsWithPhotos,
  type PhotoWithMissingObjects,
} from "./queries.ts";

/** Products a slice, and slices a run: the whole of a large shop in a few hours, without weighing on the store. */
const productsPerSlice = 100;
const slicesMax = 20;

const lostKind = "original_missing";

/** How many lost originals a run looks for again; the sweep puts those still missing at the end of the list. */
const recheckedMax = 500;

/** A photo that changed this shortly before may have objects that the listing did not see yet. */
const quietSeconds = 60;

/**
 * Objects that rows refer to and the store has not. Lost thumbnails are made again from the original; a lost original
 * cannot be, so a person is told (an incident per photo, resolved when the object is back).
 */
export const missingObjects: Audit = {
  name: "missing-objects",

  run: async (context) => {
    if (context.repair) await recheckLostOriginals(context);
    return sweep("missing-objects", context, slicesMax, async (after) => {
      const { foundation, signal } = context;
      const productIds = await listProductsWithPhotos(foundation.database.db, after, productsPerSlice);
      const present = await listObjects(foundation, productIds, signal);
      const photos = await findMissingObjects(foundation.database.db, productIds, present, quietSeconds);
      let repaired = 0;
      for (const photo of photos) if (context.repair && (await putRight(photo, context))) repaired += 1;
      const next = productIds.length < productsPerSlice ? null : (productIds.at(-1) ?? null);
      return { report: { checked: productIds.length, found: photos.length, repaired }, next };
    });
  },
};

/** Resolves the incidents of originals that are back (and has their thumbnails made), or whose photo has gone. */
async function recheckLostOriginals({ foundation, signal, log }: AuditContext): Promise<void> {
  const { database, store, incidents } = foundation;
  for (const { incidentKey, imageId, originalKey } of await listLostOriginals(database.db, lostKind, recheckedMax)) {
    signal.throwIfAborted();
    if (originalKey !== null && (await store.head(originalKey, signal)) === null) continue;
    await database.transaction(async (tx) => {
      await incidents.resolve(tx, incidentKey);
      if (imageId !== null) await requestThumbnailGeneration(tx, imageId, { force: false });
    });
    log.info({ imageId }, imageId === null ? "a photo without its original has gone" : "a lost original is back");
  }
}

async function listObjects(
  { store }: Pick<Foundation, "store">,
  productIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const productId of productIds) {
    for (let after: string | null = ""; after !== null; ) {
      const page: Awaited<ReturnType<typeof store.list>> = await store.list(productPrefix(productId), {
        ...(after !== "" && { after }),
        signal,
      });
      keys.push(...page.objects.map(({ key }) => key));
      after = page.nextAfter;
    }
  }
  return keys;
}

async function putRight(photo: PhotoWithMissingObjects, { foundation, log }: AuditContext): Promise<boolean> {
  const { imageId, productId, originalKey, missing } = photo;
  if (photo.isOriginalMissing) {
    log.error({ imageId, key: originalKey }, "the original of a photo is not in the store");
    await foundation.database.transaction((tx) =>
      foundation.incidents.open(tx, {
        key: `original-missing:${imageId}`,
        kind: lostKind,
        severity: "critical",
        title: "The original of a photo is not in the object store.",
        evidence: { imageId, productId, key: originalKey },
      }),
    );
    return false;
  }
  log.warn({ imageId, missing }, "thumbnails are not in the store; they are made again");
  return foundation.database.transaction((tx) => repairThumbnails(tx, photo));
}
