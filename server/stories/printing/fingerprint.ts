import { createHash } from "node:crypto";
import type { StoryRow } from "../manuscripts/queries.ts";
import type { PictureRow } from "../pictures/queries.ts";
import type { BookOptions } from "./queries.ts";

/** Raised when books are laid out in another way, so that those of the old way are printed anew. */
const layoutVersion = 1;

/** Hex SHA-256 of all that goes into a book: equal facts make the same book, byte by byte. */
export function bookFingerprint(
  story: StoryRow,
  pictures: readonly PictureRow[],
  { format, hasBleed, hasCropMarks }: BookOptions,
): string {
  const facts = {
    layoutVersion,
    format,
    hasBleed,
    hasCropMarks,
    title: story.title,
    author: story.author,
    language: story.language,
    content: story.content,
    pictures: pictures
      .filter(({ chapterId }) => chapterId === null)
      .map(({ imageType, imageHash, provider, model, objectKey }) => ({
        imageType,
        imageHash: imageHash ?? objectKey,
        provider,
        model,
      })),
  };
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
