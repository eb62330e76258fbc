import { createHash } from "node:crypto";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import { sniffImageType } from "../../imaging/index.ts";
import type { ReferencePicture } from "../gateway/image-request.ts";
import type { PictureMimeType } from "../types.ts";
import { findPicture } from "./queries.ts";

/** The largest picture that a story may have; those that were made are far below. */
const pictureBytesMax = 64 * 1024 * 1024;

/**
 * The picture of a story's character, to be sent along with every other: read from the store and seen to be the very one
 * that its row tells of. `lost` when there is a row but not the object, or other bytes; `none` without a row.
 */
export async function readCharacter(
  { store }: Pick<Foundation, "store">,
  db: Executor,
  storyId: string,
  chapterId: string | null,
  signal: AbortSignal,
): Promise<ReferencePicture | "none" | "lost"> {
  const own = chapterId === null ? null : await findPicture(db, { storyId, chapterId, imageType: "character" });
  // A chapter without a character of its own has that of the story.
  const row = own ?? (await findPicture(db, { storyId, chapterId: null, imageType: "character" }));
  if (row === null) return "none";
  const bytes = await readIfThere(store, row.objectKey, signal);
  if (bytes === null) return "lost";
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const mimeType = pictureTypeOf(bytes);
  if (mimeType === null || (row.imageHash !== null && row.imageHash !== sha256)) return "lost";
  return { bytes, mimeType, sha256 };
}

/** PNG or JPEG by the bytes; null for anything else. */
export function pictureTypeOf(bytes: Uint8Array): PictureMimeType | null {
  try {
    const { mimeType } = sniffImageType(bytes);
    return mimeType === "image/png" || mimeType === "image/jpeg" ? mimeType : null;
  } catch {
    // Whatever else it may be: no picture that can be sent.
    return null;
  }
}

async function readIfThere(store: Foundation["store"], key: string, signal: AbortSignal): Promise<Uint8Array | null> {
  try {
    return await retryTransient(() => store.get(key, { bytesMax: pictureBytesMax, signal }), { signal });
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") return null;
    throw error;
  }
}
