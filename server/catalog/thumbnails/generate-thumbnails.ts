import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { sqlState } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { PermanentFailure } from "../../foundation/jobs/failure.ts";
import { defineTask, type Outcome, type TaskContext } from "../../foundation/module.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import { type DerivedImages, deriveVariants, ImageError, thumbnailSignature } from "../../imaging/index.ts";
import { jobReasons } from "../errors.ts";
import { thumbnailAddresses } from "../photos/image-view.ts";
import { variantKey } from "../photos/object-keys.ts";
import { bytesMax, pixelsMax, webpPolicy } from "../settings.ts";
import {
  markThumbnailJobError,
  markThumbnailJobSkipped,
  type StartedJob,
  setMainThumbnails,
  startThumbnailJob,
} from "./queries.ts";

/**
 * The main road (docs/architecture.md): claim the photo, read its original, decode once, put four variants, and record
 * them by a compare-and-set on the photo's hash. Every exit closes the photo's job row:
 *
 * - recorded → `ready`, or `partial` (a variant could not be made: enqueued again, a bounded number of times);
 * - policy → `skipped`, no further try;
 * - the photo changed, or another run was first → what was made is purged, quietly;
 * - the file can never work → `failed` at once, with its reason, which its uploader is told;
 * - the original has gone or is not what was uploaded → `failed` at once, and the job is dead: an operator must know;
 * - anything else → `retry_scheduled`, and the queue tries again; `failed` when the tries are used up (`onDead`).
 *
 * The name is what the trigger on `catalog.product_images` enqueues.
 */
export const generateThumbnails = defineTask({
  name: "generate-thumbnails",
  payload: z.object({ imageId: z.uuid(), force: z.boolean().optional() }),
  timeLimitMs: 120_000,
  attemptsMax: 6,

  async run({ imageId, force = false }, context) {
    const { workerId, traceId, jobId, foundation } = context;
    const { database } = foundation;
    // In transactions, so that rows and events carry the trace that the upload began.
    const photo = await database.transaction((tx) =>
      startThumbnailJob(tx, { imageId, workerId, traceId, jobId, force }),
    );
    if (photo.action !== "generate") return { status: "skipped", reason: photo.action };
    const startedAt = performance.now();
    try {
      return await generate(photo, context, startedAt);
    } catch (error) {
      const failure = toFailure(error);
      await database.transaction((tx) =>
        markThumbnailJobError(tx, {
          imageId,
          errorCode: failure.code,
          message: failure.message,
          isFinal: failure instanceof PermanentFailure || context.isLastAttempt,
          jobId,
          durationMs: Math.round(performance.now() - startedAt),
        }),
      );
      // A damaged file is for whoever sent it, and they are told; it is no job for an operator to look at.
      if (error instanceof ImageError && !error.retryable) return { status: "skipped", reason: failure.code };
      throw failure instanceof PermanentFailure ? failure : error;
    }
  },

  async onDead({ imageId }, failure, foundation) {
    const { code, message } = failure;
    await foundation.database.transaction((tx) =>
      markThumbnailJobError(tx, { imageId, errorCode: code, message, isFinal: true }),
    );
  },
});

async function generate(photo: StartedJob, context: TaskContext, startedAt: number): Promise<Outcome> {
  const { foundation } = context;
  if (photo.mimeType === "image/webp" && (await foundation.settings.get(webpPolicy)) === "skip") {
    await foundation.database.transaction((tx) =>
      markThumbnailJobSkipped(tx, { imageId: photo.imageId, reason: jobReasons.webpSkipped }),
    );
    return { status: "skipped", reason: jobReasons.webpSkipped };
  }
  const derived = await derive(photo, context);
  const signature = thumbnailSignature(photo.sha256);
  const keys = await putVariants(foundation, photo, signature, derived, context.signal);
  const result = await foundation.database.transaction((tx) =>
    setMainThumbnails(tx, {
      imageId: photo.imageId,
      sha256: photo.sha256,
      signature,
      thumbnails: keys,
      addresses: thumbnailAddresses(keys, foundation.store),
      placeholder: derived.placeholder,
      durationMs: Math.round(performance.now() - startedAt),
      workerId: context.workerId,
    }),
  );
  return result === "set" ? { status: "done" } : { status: "skipped", reason: result };
}

async function derive(photo: StartedJob, { foundation, signal }: TaskContext): Promise<DerivedImages> {
  const sizeMax = await foundation.settings.get(bytesMax);
  const bytes = await retryTransient(
    () => foundation.store.get(photo.originalKey, { bytesMax: Math.max(sizeMax, acceptedBytesMax), signal }),
    { signal },
  );
  if (createHash("sha256").update(bytes).digest("hex") !== photo.sha256) {
    throw new PermanentFailure(jobReasons.sourceMissing, "The stored original is not the file that was uploaded.");
  }
  return deriveVariants(bytes, { pixelsMax: await foundation.settings.get(pixelsMax), signal });
}

/** A limit that was lowered later does not undo what was accepted under the old one. */
const acceptedBytesMax = 256 * 1024 * 1024;

/**
 * Puts all variants, each verified. The keys are this run's own, so that a run that comes late never shares an object
 * with the one that was first: what one records, no other can take away. Puts all or takes back what it put.
 */
async function putVariants(
  foundation: Foundation,
  photo: StartedJob,
  signature: string,
  derived: DerivedImages,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const run = randomBytes(4).toString("hex");
  const objects = derived.variants.map(({ name, bytes }) => ({
    name,
    bytes,
    key: variantKey(photo, signature, run, name),
  }));
  const results = await Promise.allSettled(
    objects.map(({ key, bytes }) =>
      retryTransient(() => foundation.store.put(key, bytes, { contentType: "image/jpeg", signal }), { signal }),
    ),
  );
  const failed = results.find((result) => result.status === "rejected");
  if (failed === undefined) return Object.fromEntries(objects.map(({ name, key }) => [name, key]));
  const withdrawn = await Promise.allSettled(objects.map(({ key }) => foundation.store.delete(key)));
  for (const result of withdrawn) {
    if (result.status === "rejected") {
      foundation.log.warn({ error: result.reason }, "a variant without a row was left to the orphan sweep");
    }
  }
  throw failed.reason;
}

/** Says of an error what the photo's row shall say, and whether another try can help. */
function toFailure(error: unknown): { readonly code: string; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof PermanentFailure) return error;
  if (error instanceof ImageError) {
    return error.retryable
      ? { code: error.code, message }
      : new PermanentFailure(error.code, message, { cause: error });
  }
  if (error instanceof StoreError) {
    return error.kind === "missing"
      ? new PermanentFailure(jobReasons.sourceMissing, "The original is not in the store.", { cause: error })
      : { code: "STORE_UNAVAILABLE", message };
  }
  if (sqlState(error) !== null) return { code: jobReasons.persistFailed, message: "The database refused the result." };
  return { code: jobReasons.variantFailed, message };
}
