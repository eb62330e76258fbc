import type { Foundation } from "../../foundation/foundation.ts";
import { problems } from "../../foundation/problem.ts";
import type { ImageRow } from "../photos/queries.ts";
import { repairThumbnails, requestThumbnailGeneration } from "./queries.ts";

export interface RepairAnswer {
  /** Variants whose object is not in the store (any more). */
  readonly missing: readonly string[];
  readonly isRepairing: boolean;
}

/**
 * Looks at the objects in the store before it believes that something is missing, and has what is missing made again.
 * A photo whose thumbnails were never made, or failed, is asked for anew.
 *
 * @throws Problem CONFLICT when the original itself is gone: then no one can make thumbnails of it.
 */
export async function repairPhoto(foundation: Foundation, image: ImageRow, signal: AbortSignal): Promise<RepairAnswer> {
  const { store, database } = foundation;
  const heads = await Promise.all(
    Object.entries(image.thumbnails ?? {}).map(async ([variant, key]) => ({
      variant,
      isThere: (await store.head(key, signal)) !== null,
    })),
  );
  const missing = heads.filter(({ isThere }) => !isThere).map(({ variant }) => variant);
  if (missing.length === 0 && image.thumbnailState === "ready") return { missing, isRepairing: false };
  if ((await store.head(image.originalKey, signal)) === null) {
    throw problems.CONFLICT("The original is not in the store any more: upload the photo again.");
  }
  if (missing.length > 0) {
    const lost = { imageId: image.id, missing, signature: image.thumbnailSignature };
    return { missing, isRepairing: await database.transaction((tx) => repairThumbnails(tx, lost)) };
  }
  const { queued } = await requestThumbnailGeneration(database.db, image.id, { force: false });
  return { missing, isRepairing: queued };
}
