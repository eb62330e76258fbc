import { z } from "zod";
import type { Foundation } from "../../foundation/foundation.ts";
import { PermanentFailure } from "../../foundation/jobs/failure.ts";
import { defineTask, type Outcome, type TaskContext } from "../../foundation/module.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import { BookError, type PrintedBook, printBook } from "../book/index.ts";
import { findStory } from "../manuscripts/queries.ts";
import { listPictures } from "../pictures/queries.ts";
import { composeBook } from "./compose-book.ts";
import { bookFingerprint } from "./fingerprint.ts";
import { type BookRow, failBook, finishBook, noteBookProgress, startBook } from "./queries.ts";

/**
 * Prints a book that was asked for, puts it into the store and records it. A story that was changed after its book was
 * asked for ends it as `SUPERSEDED`: whoever wants the new one asks again. The same bytes come out however often it runs.
 */
export const printBookTask = defineTask({
  name: "print-book",
  payload: z.object({ bookId: z.uuid() }),
  timeLimitMs: 240_000,
  attemptsMax: 3,

  async run({ bookId }, context) {
    const { database } = context.foundation;
    const book = await database.transaction((tx) => startBook(tx, bookId));
    if (book === null) return { status: "skipped", reason: "SETTLED" };
    try {
      return await print(book, context);
    } catch (error) {
      if (!(error instanceof BookError) || error.retryable) throw error;
      context.log.error({ error, bookId, code: error.code }, "a book cannot be printed");
      await database.transaction((tx) => failBook(tx, bookId, error));
      return { status: "skipped", reason: error.code };
    }
  },

  async onDead({ bookId }, failure, { database }) {
    await database.transaction((tx) => failBook(tx, bookId, failure));
  },
});

async function print(book: BookRow, { foundation, signal, log }: TaskContext): Promise<Outcome> {
  const { database } = foundation;
  const story = await findStory(database.db, book.storyId);
  if (story === null) return { status: "skipped", reason: "GONE" };
  const pictures = await listPictures(database.db, book.storyId);
  if (bookFingerprint(story, pictures, book) !== book.fingerprint) {
    const superseded = { code: "SUPERSEDED", message: "The story was changed after its book was asked for." };
    await database.transaction((tx) => failBook(tx, book.id, superseded));
    return { status: "skipped", reason: superseded.code };
  }
  const composed = await composeBook(foundation, story, pictures, book, signal);
  const telling = new ProgressTelling(foundation, book.id);
  const printed = await printBook(composed, { signal, onProgress: ({ done, total }) => telling.tell(done / total) });
  await telling.end();
  const objectKey = await put(foundation, book, printed, signal);
  const isRecorded = await database.transaction((tx) =>
    finishBook(tx, {
      bookId: book.id,
      objectKey,
      sizeBytes: printed.pdf.byteLength,
      pageCount: printed.pageCount,
      notes: printed.notes,
    }),
  );
  log.debug({ bookId: book.id, pageCount: printed.pageCount, isRecorded }, "a book was printed");
  return isRecorded ? { status: "done" } : { status: "skipped", reason: "SETTLED" };
}

/** The key holds the fingerprint, of which the bytes are a function. */
async function put(
  { store }: Pick<Foundation, "store">,
  book: BookRow,
  { pdf }: PrintedBook,
  signal: AbortSignal,
): Promise<string> {
  const key = `stories/${book.storyId}/books/${book.format}-${book.fingerprint.slice(0, 16)}.pdf`;
  if (pdf.byteLength === 0) throw new PermanentFailure("BOOK_FAILED", "The typesetter gave an empty book.");
  await retryTransient(() => store.put(key, pdf, { contentType: "application/pdf", signal }), { signal });
  return key;
}

/** Tells how far the printing has come, one after the other, while it goes on; what cannot be told stops nothing. */
class ProgressTelling {
  readonly #foundation: Foundation;
  readonly #bookId: string;
  #last: Promise<void> = Promise.resolve();

  constructor(foundation: Foundation, bookId: string) {
    this.#foundation = foundation;
    this.#bookId = bookId;
  }

  tell(progress: number): void {
    // 1 is for the book that is recorded.
    const shown = Math.min(progress, 0.95);
    this.#last = this.#last
      .then(() => this.#foundation.database.transaction((tx) => noteBookProgress(tx, this.#bookId, shown)))
      .catch((error: unknown) => this.#foundation.log.warn({ error }, "the progress of a book could not be told"));
  }

  async end(): Promise<void> {
    await this.#last;
  }
}
