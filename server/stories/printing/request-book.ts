import type { Executor } from "../../foundation/database/database.ts";
import { problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import type { StoryRow } from "../manuscripts/queries.ts";
import { listPictures } from "../pictures/queries.ts";
import { bookFingerprint } from "./fingerprint.ts";
import { type BookOptions, type BookRow, requestBook } from "./queries.ts";

/**
 * Asks for a story's book in `tx`: one of the same text, pictures and options that is printed or under way is that book.
 * Throws VALIDATION_FAILED for a story without a text.
 */
export async function requestStoryBook(tx: Executor, story: StoryRow, options: BookOptions): Promise<BookRow> {
  if (story.content.trim() === "") {
    throw problems.VALIDATION_FAILED({
      detail: "The story has no text to print.",
      errors: [{ path: "content", message: "is empty" }],
    });
  }
  const fingerprint = bookFingerprint(story, await listPictures(tx, story.id), options);
  return requestBook(tx, { ...options, storyId: story.id, fingerprint }).catch(rethrowAsProblem);
}
