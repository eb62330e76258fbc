import type { Foundation } from "../../foundation/foundation.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import type { Book, BookPicture } from "../book/index.ts";
import type { StoryRow } from "../manuscripts/queries.ts";
import { pictureTypeOf } from "../pictures/character-reference.ts";
import type { PictureRow } from "../pictures/queries.ts";
import { beatsOf, sentencesOf } from "../scenes/beats.ts";
import { cutBetweenWords } from "../scenes/protagonist.ts";
import type { ImageType, StoryLanguage } from "../types.ts";
import { colophonOf } from "./colophon.ts";
import type { BookOptions } from "./queries.ts";

/** The pages with text, in reading order; the character is for the maker, not for the reader. */
const pageTypes = ["scene_1", "scene_2", "scene_3", "scene_4", "closing"] as const satisfies readonly ImageType[];

const pictureBytesMax = 64 * 1024 * 1024;
const altMax = 160;

/**
 * A story as a book: its text in five parts beside its pictures. A picture that is not there (any more) is left out, which
 * the book shows and its notes tell. Everything comes from the rows, so the same story makes the same book.
 */
export async function composeBook(
  foundation: Pick<Foundation, "store">,
  story: StoryRow,
  pictures: readonly PictureRow[],
  options: BookOptions,
  signal: AbortSignal,
): Promise<Book> {
  const own = pictures.filter(({ chapterId }) => chapterId === null);
  const texts = beatsOf(story.content, pageTypes.length, story.language);
  const pages = pageTypes.map((type, index) => ({ type, text: texts[index] ?? "" }));
  const read = (type: ImageType, alt: string): Promise<BookPicture | null> =>
    readPicture(
      foundation.store,
      own.find(({ imageType }) => imageType === type),
      alt,
      signal,
    );
  return {
    title: story.title,
    author: story.author,
    language: story.language,
    format: options.format,
    hasBleed: options.hasBleed,
    hasCropMarks: options.hasCropMarks,
    cover: await read("cover", coverAlt[story.language](story.title)),
    pages: await Promise.all(
      pages.map(async ({ type, text }) => ({ text, picture: await read(type, pageAlt(text, story)) })),
    ),
    colophon: colophonOf(story, own),
    createdAt: new Date(story.createdAt),
  };
}

async function readPicture(
  store: Foundation["store"],
  picture: PictureRow | undefined,
  alt: string,
  signal: AbortSignal,
): Promise<BookPicture | null> {
  if (picture === undefined) return null;
  try {
    const bytes = await retryTransient(() => store.get(picture.objectKey, { bytesMax: pictureBytesMax, signal }), {
      signal,
    });
    const mimeType = pictureTypeOf(bytes);
    return mimeType === null ? null : { bytes, mimeType, alt };
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") return null;
    throw error;
  }
}

/** What the page tells, for who does not see its picture; never the prompt, which is written for a machine. */
function pageAlt(text: string, story: StoryRow): string {
  const [first = story.title] = sentencesOf(text, story.language);
  return `${illustration[story.language]}: ${cutBetweenWords(first.replace(/\s+/g, " "), altMax)}`;
}

const illustration: Readonly<Record<StoryLanguage, string>> = { es: "Ilustración", en: "Illustration" };

const coverAlt: Readonly<Record<StoryLanguage, (title: string) => string>> = {
  es: (title) => `Ilustración de la cubierta de «${title}»`,
  en: (title) => `Cover illustration of “${title}”`,
};
