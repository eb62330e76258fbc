import { createHash } from "node:crypto";
import type { Foundation } from "../foundation/foundation.ts";
import { StoreError } from "../foundation/storage/object-store.ts";
import { retryTransient } from "../foundation/storage/with-retries.ts";
import { ImageError, inspectImage } from "../imaging/index.ts";
import { listUnknownPictures, recordKnownPicture, type UnknownPicture } from "./backfill-queries.ts";
import { hasC2paManifest } from "./gateway/provenance.ts";
import { pictureTypeOf } from "./pictures/character-reference.ts";
import { takePicturePlace } from "./pictures/queries.ts";
import { extensionOf } from "./pictures/store-picture.ts";

export interface PictureBackfillReport {
  readonly checked: number;
  readonly completed: number;
  /** Of the completed: whose extension said another type than their bytes, and which lie under a true one now. */
  readonly renamed: number;
  readonly failed: readonly { readonly imageId: string; readonly key: string; readonly reason: string }[];
}

const batch = 50;
const pictureBytesMax = 64 * 1024 * 1024;
const limits = { bytesMax: pictureBytesMax, pixelsMax: 50_000_000 };

/**
 * Looks at every picture whose type, size, hash or resolution is not recorded (those from before they were), reads the
 * bytes and completes the row; an object whose extension lies gets one that does not. May be stopped and begun again.
 */
export async function backfillPictures(
  foundation: Foundation,
  {
    signal,
    onProgress,
  }: { readonly signal: AbortSignal; readonly onProgress?: (report: PictureBackfillReport) => void },
): Promise<PictureBackfillReport> {
  let report: PictureBackfillReport = { checked: 0, completed: 0, renamed: 0, failed: [] };
  for (let after: string | null = null; ; ) {
    const pictures: readonly UnknownPicture[] = await listUnknownPictures(foundation.database.db, after, batch);
    for (const picture of pictures) {
      if (signal.aborted) return report;
      report = add(report, picture, await complete(foundation, picture, signal));
      onProgress?.(report);
    }
    after = pictures.at(-1)?.id ?? null;
    if (pictures.length < batch || after === null) return report;
  }
}

type Outcome = "completed" | "renamed" | { readonly reason: string };

function add(report: PictureBackfillReport, picture: UnknownPicture, outcome: Outcome): PictureBackfillReport {
  const checked = report.checked + 1;
  if (typeof outcome === "object") {
    const failure = { imageId: picture.id, key: picture.objectKey, reason: outcome.reason };
    return { ...report, checked, failed: [...report.failed, failure] };
  }
  const renamed = report.renamed + (outcome === "renamed" ? 1 : 0);
  return { ...report, checked, completed: report.completed + 1, renamed };
}

async function complete(foundation: Foundation, picture: UnknownPicture, signal: AbortSignal): Promise<Outcome> {
  const { store, database } = foundation;
  try {
    const bytes = await retryTransient(() => store.get(picture.objectKey, { bytesMax: pictureBytesMax, signal }), {
      signal,
    });
    const mimeType = pictureTypeOf(bytes);
    if (mimeType === null) return { reason: "NOT_PNG_OR_JPEG" };
    const { width, height } = await inspectImage(bytes, limits);
    const imageHash = createHash("sha256").update(bytes).digest("hex");
    const extension = extensionOf(mimeType);
    const isTrue =
      picture.objectKey.endsWith(`.${extension}`) || (extension === "jpeg" && /\.jpg$/.test(picture.objectKey));
    const objectKey = isTrue
      ? picture.objectKey
      : await takePicturePlace(database.db, { ...picture, imageHash, extension });
    if (!isTrue) {
      await retryTransient(() => store.put(objectKey, bytes, { contentType: mimeType, signal }), { signal });
    }
    await recordKnownPicture(database.db, picture, {
      objectKey,
      mimeType,
      imageHash,
      sizeBytes: bytes.byteLength,
      resolution: `${width}x${height}`,
      hasC2pa: hasC2paManifest(bytes, mimeType),
    });
    return isTrue ? "completed" : "renamed";
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") return { reason: "OBJECT_MISSING" };
    if (error instanceof ImageError) return { reason: error.code };
    throw error;
  }
}
