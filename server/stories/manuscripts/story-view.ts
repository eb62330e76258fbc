import type { Executor } from "../../foundation/database/database.ts";
import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import { findLatestRun, type RunRow } from "../illustrations/queries.ts";
import { runView } from "../illustrations/run-view.ts";
import { pictureViews } from "../pictures/picture-view.ts";
import { listPictures, type PictureRow } from "../pictures/queries.ts";
import { bookView } from "../printing/book-view.ts";
import { bookFingerprint } from "../printing/fingerprint.ts";
import { type BookRow, findLatestBook } from "../printing/queries.ts";
import { privateAddress } from "../private-address.ts";
import { sceneWarnings } from "../scenes/scene-warnings.ts";
import type { Story, StorySummary } from "../schemas.ts";
import type { StoryRow, StorySummaryRow } from "./queries.ts";

/** A story with all that hangs on it. */
export interface WholeStory {
  readonly story: StoryRow;
  readonly pictures: readonly PictureRow[];
  readonly run: RunRow | null;
  readonly book: BookRow | null;
}

export async function readWhole(tx: Executor, story: StoryRow): Promise<WholeStory> {
  return {
    story,
    pictures: await listPictures(tx, story.id),
    run: await findLatestRun(tx, story.id),
    book: await findLatestBook(tx, story.id, null),
  };
}

/** A story as the API shows it. */
export async function storyView(whole: WholeStory, store: Pick<ObjectStore, "signedUrl">): Promise<Story> {
  const { story, pictures, run, book } = whole;
  const { picturesRevision: _, ...fields } = story;
  return {
    ...fields,
    warnings: sceneWarnings(story.scenes),
    images: await pictureViews(pictures, store),
    run: run === null ? null : runView(run),
    book: book === null ? null : await bookView(book, bookFingerprint(story, pictures, book), store),
    createdAt: new Date(story.createdAt).toISOString(),
    updatedAt: new Date(story.updatedAt).toISOString(),
  };
}

export async function summaryView(
  story: StorySummaryRow,
  store: Pick<ObjectStore, "signedUrl">,
): Promise<StorySummary> {
  return {
    id: story.id,
    title: story.title,
    language: story.language,
    region: story.region,
    author: story.author,
    hasScenes: story.hasScenes,
    coverUrl: story.coverKey === null ? null : (await privateAddress(store, story.coverKey)).url,
    pictureCount: story.pictureCount,
    runState: story.runState,
    version: story.version,
    createdAt: new Date(story.createdAt).toISOString(),
    updatedAt: new Date(story.updatedAt).toISOString(),
  };
}

/** Changes with the story's own fields and with its pictures. */
export const storyEtag = (story: { readonly version: number; readonly picturesRevision: number }): string =>
  `"${story.version}.${story.picturesRevision}"`;

/** Whether a tag is of the story's present fields, whatever became of its pictures since: those come by themselves. */
export const isEtagOfVersion = (tag: string, version: number): boolean => tag.startsWith(`"${version}.`);
