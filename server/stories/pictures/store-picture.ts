import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import { rethrowAsProblem } from "../errors.ts";
import type { GeneratedImage } from "../gateway/image-request.ts";
import type { ImageType, PictureMimeType } from "../types.ts";
import { type NewPicture, takePicturePlace } from "./queries.ts";

/** Where a picture of a story belongs. */
export interface PicturePlace {
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly imageType: ImageType;
}

/** What the extension of a type is called here. */
export const extensionOf = (mimeType: PictureMimeType): "png" | "jpeg" => (mimeType === "image/png" ? "png" : "jpeg");

/**
 * Puts a picture's bytes into the store under the key of their place; answers the key. The row is written afterwards, and
 * is what says that the object is there. May be repeated: the same bytes have the same key.
 */
export async function putPicture(
  { store }: Pick<Foundation, "store">,
  tx: Executor,
  place: PicturePlace,
  picture: { readonly bytes: Uint8Array; readonly mimeType: PictureMimeType; readonly imageHash: string },
  signal: AbortSignal,
): Promise<string> {
  const { bytes, mimeType, imageHash } = picture;
  const named = { ...place, imageHash, extension: extensionOf(mimeType) };
  const key = await takePicturePlace(tx, named).catch(rethrowAsProblem);
  await retryTransient(() => store.put(key, bytes, { contentType: mimeType, signal }), { signal });
  return key;
}

/** What is recorded of a generated picture whose bytes lie under `objectKey`. */
export function recordOf(
  place: PicturePlace,
  objectKey: string,
  image: GeneratedImage,
  more: Pick<
    NewPicture,
    "prompt" | "consistencyLost" | "storyRegion" | "policyContext" | "paletteDrift" | "runId" | "createdBy"
  >,
): NewPicture {
  const { metadata } = image;
  return {
    ...place,
    objectKey,
    mimeType: image.mimeType,
    sizeBytes: image.bytes.byteLength,
    imageHash: image.imageHash,
    originalKey: image.originalKey,
    provider: metadata.providerUsed,
    model: metadata.model,
    fallbackUsed: metadata.fallbackUsed,
    fallbackReason: metadata.fallbackReason,
    originalResolution: metadata.originalResolution,
    finalResolution: metadata.finalResolution,
    resizedFrom: metadata.resizedFrom,
    resizedTo: metadata.resizedTo,
    aspectRatio: metadata.aspectRatio,
    aspectRatioFallback: metadata.aspectRatioFallback,
    latencyMs: metadata.latencyMs,
    attempts: metadata.attempts,
    costUsd: metadata.costUsd,
    hasC2pa: image.hasC2pa,
    promptHmac: image.promptHmac,
    referenceHash: image.referenceHash,
    ...more,
  };
}
