import type { Executor } from "../../foundation/database/database.ts";
import { problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import type { NewStory, StoryChange } from "../schemas.ts";
import { deleteStoryRow, findStory, insertStory, lockStory, type StoryRow, updateStory } from "./queries.ts";

/** A story that there is; throws NOT_FOUND. */
export async function requireStory(tx: Executor, storyId: string): Promise<StoryRow> {
  const story = await findStory(tx, storyId);
  if (story === null) throw problems.NOT_FOUND("No story has this id.");
  return story;
}

/** Throws FORBIDDEN, VALIDATION_FAILED. */
export async function createStory(tx: Executor, story: NewStory): Promise<StoryRow> {
  return requireStory(tx, await insertStory(tx, story).catch(rethrowAsProblem));
}

/**
 * Changes what `change` names. `requireCurrent` is given the story's present version while its row is locked, and throws
 * when the caller has seen another one. Throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED.
 */
export async function changeStory(
  tx: Executor,
  storyId: string,
  change: StoryChange,
  requireCurrent: (present: { readonly version: number; readonly picturesRevision: number }) => void,
): Promise<StoryRow> {
  const present = await lockStory(tx, storyId);
  if (present === null) throw problems.NOT_FOUND("No story has this id.");
  requireCurrent(present);
  const isChanged = await updateStory(tx, storyId, change).catch(rethrowAsProblem);
  if (!isChanged) throw problems.FORBIDDEN();
  return requireStory(tx, storyId);
}

/** Deletes a story with its pictures and books, for good; the objects go right after. Throws NOT_FOUND, FORBIDDEN. */
export async function deleteStory(tx: Executor, storyId: string): Promise<void> {
  await requireStory(tx, storyId);
  const isDeleted = await deleteStoryRow(tx, storyId).catch(rethrowAsProblem);
  if (!isDeleted) throw problems.FORBIDDEN();
}
