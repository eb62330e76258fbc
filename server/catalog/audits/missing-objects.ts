import { sweep } from "../../foundation/audits/sweep.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import type { Audit, AuditContext } from "../../foundation/module.ts";
import { productPrefix } from "../photos/object-keys.ts";
import { repairThumbnails } from "../thumbnails/queries.ts";
import { findMissingObjects, listProductsWithPhotos, type PhotoWithMissingObjects } from "./queries.ts";

/** Products a slice, and slices a run: the whole of a large shop in a few hours, without weighing on the store. */
const productsPerSlice = 100;
const slicesMax = 20;

/** A photo that changed this shortly before may have objects that the listing did not see yet. */
const quietSeconds = 60;

/**
 * Objects that rows refer to and the store has not. Lost thumbnails are made again from the original; a lost original
 * cannot be, so a person is told (an incident per photo, resolved when the object is back).
 */
export const missingObjects: Audit = {
  name: "missing-objects",

  run: (context) =>
    sweep("missing-objects", context, slicesMax, async (after) => {
      const { foundation, signal } = context;
      const productIds = await listProductsWithPhotos(foundation.database.db, after, productsPerSlice);
      const present = await listObjects(foundation, productIds, signal);
      const photos = await findMissingObjects(foundation.database.db, productIds, present, quietSeconds);
      let repaired = 0;
      for (const photo of photos) if (context.repair && (await putRight(photo, context))) repaired += 1;
      const next = productIds.length < productsPerSlice ? null : (productIds.at(-1) ?? null);
      return { report: { checked: productIds.length, found: photos.length, repaired }, next };
    }),
};

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
  const key = `original-missing:${photo.imageId}`;
  if (photo.isOriginalMissing) {
    log.error({ imageId: photo.imageId, key: photo.originalKey }, "the original of a photo is not in the store");
    await foundation.database.transaction((tx) =>
      foundation.incidents.open(tx, {
        key,
        kind: "original_missing",
        severity: "critical",
        title: "The original of a photo is not in the object store.",
        evidence: { imageId: photo.imageId, productId: photo.productId, key: photo.originalKey },
      }),
    );
  }
  if (photo.missing.length === 0 || photo.isOriginalMissing) return false;
  log.warn({ imageId: photo.imageId, missing: photo.missing }, "thumbnails are not in the store; they are made again");
  return foundation.database.transaction(async (tx) => {
    await foundation.incidents.resolve(tx, key);
    return repairThumbnails(tx, photo);
  });
}
