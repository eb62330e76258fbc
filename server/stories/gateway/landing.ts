import type { Foundation } from "../../foundation/foundation.ts";
import type { GeneratedImage } from "./image-request.ts";
import { readOriginal } from "./originals.ts";
import { finishPicture } from "./picture.ts";
import { selectLanding } from "./queries.ts";
import { ratioOfSize } from "./sizes.ts";

/**
 * The picture that an attempt made, drawn anew from the provider's own bytes; so the first caller and every repeat get the
 * same, byte by byte.
 */
export async function pictureOfAttempt(
  { database, store }: Pick<Foundation, "database" | "store">,
  attemptId: string,
): Promise<GeneratedImage> {
  const made = await selectLanding(database.db, attemptId);
  if (made === null) throw new Error(`attempt ${attemptId} made no picture`);
  const seen = { mimeType: made.originalMimeType, resolution: made.originalResolution };
  const finished = await finishPicture(
    await readOriginal(store, made.originalKey),
    seen,
    made.targetResolution,
    made.provider === "sketch" ? "algorithmicMedia" : "trainedAlgorithmicMedia",
  );
  return {
    bytes: finished.bytes,
    mimeType: finished.mimeType,
    imageHash: finished.imageHash,
    originalKey: made.originalKey,
    hasC2pa: made.hasC2pa,
    promptHmac: made.promptHmac,
    referenceHash: made.referenceHash,
    metadata: {
      providerUsed: made.provider,
      model: made.model,
      fallbackUsed: made.fallbackReason !== null,
      fallbackReason: made.fallbackReason,
      aspectRatio: ratioOfSize[made.size],
      aspectRatioFallback: made.fallbackReason === null ? null : made.askedRatio,
      originalResolution: made.originalResolution,
      finalResolution: made.targetResolution,
      resizedFrom: finished.resizedFrom,
      resizedTo: finished.resizedTo,
      latencyMs: made.latencyMs,
      attempts: made.attempts,
      costUsd: made.costUsd,
    },
  };
}
