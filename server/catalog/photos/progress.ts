import type { Executor } from "../../foundation/database/database.ts";
import type { ImageState } from "../schemas.ts";
import { findImages, type ImageRow } from "./queries.ts";

/** How far a photo's thumbnails have come, for those who wait for them. */
export interface PhotoProgress {
  readonly imageId: string;
  readonly state: ImageState;
  /** Nothing more will happen to it by itself. */
  readonly isSettled: boolean;
  /** Why it is as it is: `INVALID_IMAGE …`; null when there is nothing to say. */
  readonly reason: string | null;
  /** From the moment in which the photo was accepted to that in which it came into its state. */
  readonly durationMs: number;
}

/** Of those of `imageIds` that there still are. */
export async function readPhotoProgress(db: Executor, imageIds: readonly string[]): Promise<readonly PhotoProgress[]> {
  return (await findImages(db, imageIds)).map(progressOf);
}

export function progressOf(image: ImageRow): PhotoProgress {
  return {
    imageId: image.id,
    state: image.thumbnailState,
    isSettled: isSettled(image),
    reason: [image.job?.errorCode, image.job?.lastError].filter(Boolean).join(": ") || null,
    durationMs: Math.max(0, Date.parse(image.stateChangedAt) - Date.parse(image.createdAt)),
  };
}

function isSettled({ thumbnailState, job }: ImageRow): boolean {
  if (job?.status === "queued" || job?.status === "processing") return false;
  switch (thumbnailState) {
    case "none":
    case "ready":
    case "skipped":
    case "failed":
      return true;
    case "partial":
      // It is tried again until its job is closed as an error.
      return job?.status === "error";
    case "uploaded":
    case "generating":
    case "retry_scheduled":
      return false;
  }
}
