import { createHash } from "node:crypto";
import { sweep } from "../../foundation/audits/sweep.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import type { Audit, AuditContext } from "../../foundation/module.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { pictureOfAttempt } from "../gateway/landing.ts";
import { pictureTypeOf } from "../pictures/character-reference.ts";
import { findMissingObjects, forgetMissing, listLostPictures, listStoryIds, type MissingObject } from "./queries.ts";

const storiesPerSlice = 50;
const slicesMax = 20;
const quietSeconds = 60;
const recheckedMax = 500;

const lostKind = "story_picture_missing";

/**
 * Objects of stories that rows refer to and the store has not. A picture is drawn again from the provider's own bytes,
 * which costs nothing; where those are gone too, a person is told (an incident per picture, resolved when there is one
 * again). A replaced picture or a book is forgotten: the book is printed again when somebody asks for it.
 */
export const missingStoryObjects: Audit = {
  name: "missing-story-objects",

  run: async (context) => {
    if (context.repair) await recheckLostPictures(context);
    return sweep("missing-story-objects", context, slicesMax, async (after) => {
      const { foundation, signal } = context;
      const { db } = foundation.database;
      const storyIds = await listStoryIds(db, after, storiesPerSlice);
      const present = await listObjects(foundation, storyIds, signal);
      const missing = await findMissingObjects(db, storyIds, present, quietSeconds);
      let repaired = 0;
      for (const object of missing) if (context.repair && (await putRight(object, context))) repaired += 1;
      const next = storyIds.length < storiesPerSlice ? null : (storyIds.at(-1) ?? null);
      return { report: { checked: storyIds.length, found: missing.length, repaired }, next };
    });
  },
};

async function recheckLostPictures({ foundation, signal }: AuditContext): Promise<void> {
  const { database, store, incidents } = foundation;
  for (const { incidentKey, objectKey } of await listLostPictures(database.db, lostKind, recheckedMax)) {
    signal.throwIfAborted();
    if (objectKey !== null && (await store.head(objectKey, signal)) === null) continue;
    await database.transaction((tx) => incidents.resolve(tx, incidentKey));
  }
}

async function listObjects(
  { store }: Pick<Foundation, "store">,
  storyIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const storyId of storyIds) {
    for (let after: string | null = ""; after !== null; ) {
      const page: Awaited<ReturnType<typeof store.list>> = await store.list(`stories/${storyId}/`, {
        ...(after !== "" && { after }),
        signal,
      });
      keys.push(...page.objects.map(({ key }) => key));
      after = page.nextAfter;
    }
  }
  return keys;
}

async function putRight(missing: MissingObject, { foundation, signal, log }: AuditContext): Promise<boolean> {
  const { kind, id, storyId, objectKey: key } = missing;
  const { database, incidents } = foundation;
  if (kind !== "picture") {
    log.warn({ storyId, key, kind }, "an object of a story is not in the store; its row is forgotten");
    await forgetMissing(database.db, kind, id);
    return true;
  }
  if (await drawAgain(missing, foundation, signal)) {
    log.warn({ storyId, key }, "a picture of a story was not in the store; it was drawn again from its original");
    return true;
  }
  log.error({ storyId, key }, "a picture of a story is not in the store");
  await database.transaction((tx) =>
    incidents.open(tx, {
      key: `story-picture-missing:${id}`,
      kind: lostKind,
      severity: "warning",
      title: "A picture of a story is not in the object store; make it again.",
      evidence: { imageId: id, storyId, key },
    }),
  );
  return false;
}

/** Puts the very bytes back; false when they cannot be had any more. */
async function drawAgain(
  { objectKey, originalKey, imageHash }: MissingObject,
  foundation: Foundation,
  signal: AbortSignal,
): Promise<boolean> {
  const attemptId = /\/originals\/([0-9a-f-]{36})\./.exec(originalKey ?? "")?.[1];
  if (attemptId === undefined) return false;
  try {
    const { bytes } = await pictureOfAttempt(foundation, attemptId);
    const mimeType = pictureTypeOf(bytes);
    if (mimeType === null || createHash("sha256").update(bytes).digest("hex") !== imageHash) return false;
    await foundation.store.put(objectKey, bytes, { contentType: mimeType, signal });
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") return false;
    throw error;
  }
}
