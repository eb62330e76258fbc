import type { Foundation } from "../foundation/foundation.ts";
import { findRunById } from "./illustrations/queries.ts";
import { requestRun } from "./illustrations/request-run.ts";
import { runView } from "./illustrations/run-view.ts";
import { createStory, requireStory } from "./manuscripts/service.ts";
import { type BookOptions, type BookRow, findLatestBook } from "./printing/queries.ts";
import { requestStoryBook } from "./printing/request-book.ts";
import { newStorySchema, type Run } from "./schemas.ts";
import type { ProviderName, StoryLanguage } from "./types.ts";

/** A story of the shop itself, as commands make it; answers its id. Throws as `POST /v1/stories` does. */
export async function writeStory(
  { database }: Pick<Foundation, "database">,
  story: {
    readonly title: string;
    readonly content: string;
    readonly language: StoryLanguage;
    readonly author: string | null;
    readonly region: string | null;
  },
): Promise<string> {
  const { id } = await database.transaction((tx) => createStory(tx, newStorySchema.parse(story)));
  return id;
}

/** Begins a run; answers its id. Throws PROMPT_TOO_SHORT, CONFLICT, NOT_FOUND. */
export async function beginIllustrations(
  foundation: Pick<Foundation, "database" | "settings">,
  storyId: string,
  wish: { readonly force: boolean; readonly providerOverride?: ProviderName },
): Promise<string> {
  const run = await foundation.database.transaction(async (tx) =>
    requestRun(foundation, tx, await requireStory(tx, storyId), wish),
  );
  return run.id;
}

/** How far a run has come; null when its story was deleted. */
export async function readRun({ database }: Pick<Foundation, "database">, runId: string): Promise<Run | null> {
  const run = await findRunById(database.db, runId);
  return run === null ? null : runView(run);
}

/** Asks for a story's book. Throws NOT_FOUND, VALIDATION_FAILED. */
export async function beginBook(
  { database }: Pick<Foundation, "database">,
  storyId: string,
  options: BookOptions,
): Promise<BookRow> {
  return database.transaction(async (tx) => requestStoryBook(tx, await requireStory(tx, storyId), options));
}

/** How far the book that was asked for last has come; null when there is none. */
export async function readBook(
  { database }: Pick<Foundation, "database">,
  storyId: string,
  format: BookOptions["format"],
): Promise<BookRow | null> {
  return findLatestBook(database.db, storyId, format);
}
