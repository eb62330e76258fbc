import { z } from "zod";
import { defineTask, type TaskContext } from "../../foundation/module.ts";
import { Problem } from "../../foundation/problem.ts";
import { chosenProviders } from "../gateway/provider-choice.ts";
import { findStory, type StoryRow, setMadeScenes } from "../manuscripts/queries.ts";
import { readCharacter } from "../pictures/character-reference.ts";
import { listPictures } from "../pictures/queries.ts";
import { makeScenes } from "../scenes/make-scenes.ts";
import type { ImageType, Scenes } from "../types.ts";
import { abandonIllustrations, findRunById, type RunRow, startIllustrations } from "./queries.ts";

/** As many pictures of a run at once as its provider is asked for at once (requirement 05, *Secuencia de imágenes*). */
const drawnAtOnce = { gemini: 2, openai: 3, sketch: 3 } as const;

/**
 * Prepares a run: makes the scenes of a story that has none, sees which pictures are there and valid, and lets the first
 * ones be drawn. A story that cannot be illustrated ends its run at once, with the reason.
 */
export const prepareIllustrations = defineTask({
  name: "prepare-illustrations",
  payload: z.object({ runId: z.uuid() }),
  timeLimitMs: 120_000,
  attemptsMax: 5,

  async run({ runId }, context) {
    const { database } = context.foundation;
    const run = await findRunById(database.db, runId);
    if (run === null || run.state !== "queued") return { status: "skipped", reason: "SETTLED" };
    const story = await findStory(database.db, run.storyId);
    if (story === null) return { status: "skipped", reason: "GONE" };
    try {
      await start(run, await scenesFor(story, context), context);
      return { status: "done" };
    } catch (error) {
      if (!(error instanceof Problem) || error.retryable) throw error;
      const failure = { code: error.code, message: error.message };
      await database.transaction((tx) => abandonIllustrations(tx, runId, failure));
      return { status: "skipped", reason: error.code };
    }
  },

  async onDead({ runId }, failure, { database }) {
    await database.transaction((tx) => abandonIllustrations(tx, runId, failure));
  },
});

/** Those of the story, else made now and kept with it; a story that got some meanwhile keeps those. */
async function scenesFor(story: StoryRow, { foundation, signal }: TaskContext): Promise<Scenes> {
  if (story.scenes !== null) return story.scenes;
  const { scenes } = await makeScenes(foundation, story, signal);
  const { db } = foundation.database;
  if (await setMadeScenes(db, story.id, story.version, scenes)) return scenes;
  return (await findStory(db, story.id))?.scenes ?? scenes;
}

async function start(run: RunRow, scenes: Scenes, { foundation, signal, log }: TaskContext): Promise<void> {
  const { database, store } = foundation;
  const there = await presentTypes(run, foundation.store, database.db, signal);
  const character = await readCharacter(foundation, database.db, run.storyId, run.chapterId, signal);
  if (character === "lost") log.warn({ storyId: run.storyId }, "the picture of a character is not in the store");
  const isCharacterThere = typeof character === "object";
  const isCharacterMade = run.imageTypes.includes("character") && (run.force || !isCharacterThere);
  const kept = run.force
    ? []
    : run.imageTypes.filter((type) => (type === "character" ? isCharacterThere : there.has(type)));
  const { first } = await chosenProviders(foundation);
  const provider = run.providerOverride ?? first.name;
  const isAnythingElseMade = run.imageTypes.some((type) => type !== "character" && !kept.includes(type));
  await database.transaction((tx) =>
    startIllustrations(tx, {
      runId: run.id,
      scenes,
      kept,
      needsCharacter: !isCharacterThere && !isCharacterMade && isAnythingElseMade,
      characterCacheHit: isCharacterThere && !isCharacterMade,
      drawnAtOnce: drawnAtOnce[provider],
    }),
  );
  log.debug({ runId: run.id, kept, store: store.description }, "a run begins");
}

/** Which pictures have both their row and their object. */
async function presentTypes(
  run: RunRow,
  store: TaskContext["foundation"]["store"],
  db: TaskContext["foundation"]["database"]["db"],
  signal: AbortSignal,
): Promise<ReadonlySet<ImageType>> {
  const pictures = (await listPictures(db, run.storyId)).filter(({ chapterId }) => chapterId === run.chapterId);
  const heads = await Promise.all(pictures.map(({ objectKey }) => store.head(objectKey, signal)));
  return new Set(pictures.filter((_, index) => heads[index] !== null).map(({ imageType }) => imageType));
}
