import { z } from "zod";
import type { Foundation } from "../../foundation/foundation.ts";
import { defineTask } from "../../foundation/module.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { type CheckedPicture, type ConsistencyReport, checkConsistency } from "../consistency/index.ts";
import { listPictures, type PictureRow, setPaletteDrift } from "./queries.ts";

const pictureBytesMax = 64 * 1024 * 1024;

/**
 * Looks over a story's pictures a moment after one of them was put in its place (enqueued there), and keeps with each what
 * can be told without a model: whether the character's picture was sent, how much of its colours is found again, which
 * pictures are nearly the same. It is called palette drift; who somebody is it cannot tell, and does not claim to.
 */
export const checkStoryConsistency = defineTask({
  name: "check-story-consistency",
  payload: z.object({ storyId: z.uuid() }),
  timeLimitMs: 120_000,
  attemptsMax: 3,

  async run({ storyId }, { foundation, signal }) {
    const { db } = foundation.database;
    const pictures = (await listPictures(db, storyId)).filter(({ chapterId }) => chapterId === null);
    const character = pictures.find(({ imageType }) => imageType === "character");
    const others = pictures.filter(({ imageType, imageHash }) => imageType !== "character" && imageHash !== null);
    if (others.length === 0) return { status: "skipped", reason: "NOTHING_TO_COMPARE" };
    const reference = character === undefined ? null : await readIfThere(foundation, character, signal);
    const checked: CheckedPicture[] = [];
    for (const picture of others) {
      const bytes = await readIfThere(foundation, picture, signal);
      if (bytes !== null) checked.push({ name: picture.imageType, bytes, referenceHash: picture.referenceHash });
    }
    const report = await checkConsistency({ reference, pictures: checked });
    signal.throwIfAborted();
    for (const picture of others) {
      const found = driftOf(report, picture);
      if (found !== null) await setPaletteDrift(db, picture, found);
    }
    return { status: "done" };
  },
});

/** Null for a picture that the store has not: the sweep for missing objects sees to it. */
async function readIfThere(
  { store }: Pick<Foundation, "store">,
  { objectKey }: PictureRow,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    return await store.get(objectKey, { bytesMax: pictureBytesMax, signal });
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") return null;
    throw error;
  }
}

function driftOf({ pictures, nearDuplicates }: ConsistencyReport, { imageType, provider }: PictureRow): object | null {
  const found = pictures.find(({ name }) => name === imageType);
  if (found === undefined) return null;
  const { name: _, warnings, ...facts } = found;
  const isUpload = provider === "upload";
  return {
    ...facts,
    // Nobody sends a reference with a picture that is brought along.
    referenceSent: isUpload ? null : facts.referenceSent,
    warnings: isUpload ? warnings.filter((warning) => warning !== "REFERENCE_NOT_SENT") : warnings,
    nearDuplicates: nearDuplicates
      .flatMap(({ names }) => (names.includes(imageType) ? names : []))
      .filter((name) => name !== imageType),
  };
}
