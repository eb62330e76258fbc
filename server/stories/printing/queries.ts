import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { BookFormat, BookNote } from "../book/book.ts";

/** A printed (or awaited) book as the database knows it. */
export interface BookRow {
  readonly id: string;
  readonly storyId: string;
  readonly format: BookFormat;
  readonly hasBleed: boolean;
  readonly hasCropMarks: boolean;
  readonly fingerprint: string;
  readonly state: "queued" | "printing" | "done" | "failed";
  readonly progress: number;
  readonly notes: readonly BookNote[];
  readonly pageCount: number | null;
  readonly objectKey: string | null;
  readonly sizeBytes: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface BookOptions {
  readonly format: BookFormat;
  readonly hasBleed: boolean;
  readonly hasCropMarks: boolean;
}

/** A book as JSON; `book` is the row. */
const bookJson = sql`jsonb_build_object(
  'id', book.id,
  'storyId', book.story_id,
  'format', book.format,
  'hasBleed', book.has_bleed,
  'hasCropMarks', book.has_crop_marks,
  'fingerprint', book.fingerprint,
  'state', book.state,
  'progress', book.progress,
  'notes', book.notes,
  'pageCount', book.page_count,
  'objectKey', book.object_key,
  'sizeBytes', book.size_bytes,
  'code', book.code,
  'message', book.message,
  'requestedAt', book.requested_at,
  'startedAt', book.started_at,
  'finishedAt', book.finished_at
)`;

/** The book of these facts, printed already or to be printed; see `stories.request_book`. */
export async function requestBook(
  db: Executor,
  book: BookOptions & { readonly storyId: string; readonly fingerprint: string },
): Promise<BookRow> {
  const { rows } = await sql<{ readonly book: BookRow }>`
    select ${bookJson} as book
    from stories.request_book(
      ${book.storyId}::uuid, ${book.format}, ${book.hasBleed}, ${book.hasCropMarks}, ${book.fingerprint}
    ) as book
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("a book that was asked for is not there");
  return row.book;
}

/** The book that was asked for last, of this format where one is named. */
export async function findLatestBook(
  db: Executor,
  storyId: string,
  format: BookFormat | null,
): Promise<BookRow | null> {
  const { rows } = await sql<{ readonly book: BookRow }>`
    select ${bookJson} as book
    from stories.books as book
    where book.story_id = ${storyId}::uuid and (${format}::text is null or book.format = ${format})
    order by book.requested_at desc, book.id desc
    limit 1
  `.execute(db);
  return rows[0]?.book ?? null;
}

/** Takes a book in hand; null when nobody waits for it (any more). */
export async function startBook(db: Executor, bookId: string): Promise<BookRow | null> {
  const { rows } = await sql<{ readonly book: BookRow }>`
    select ${bookJson} as book from stories.start_book(${bookId}::uuid) as book where book.id is not null
  `.execute(db);
  return rows[0]?.book ?? null;
}

export async function noteBookProgress(db: Executor, bookId: string, progress: number): Promise<void> {
  await sql`select stories.note_book_progress(${bookId}::uuid, ${progress}::real)`.execute(db);
}

/** Records a book whose object is in the store; false when nobody waits for it any more. */
export async function finishBook(
  db: Executor,
  book: {
    readonly bookId: string;
    readonly objectKey: string;
    readonly sizeBytes: number;
    readonly pageCount: number;
    readonly notes: readonly BookNote[];
  },
): Promise<boolean> {
  const { rows } = await sql<{ readonly isRecorded: boolean }>`
    select stories.finish_book(
      ${book.bookId}::uuid, ${book.objectKey}, ${book.sizeBytes}::bigint, ${book.pageCount}::integer,
      ${JSON.stringify(book.notes)}::jsonb
    ) as "isRecorded"
  `.execute(db);
  return rows[0]?.isRecorded ?? false;
}

export async function failBook(
  db: Executor,
  bookId: string,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  await sql`select stories.fail_book(${bookId}::uuid, ${failure.code}, ${failure.message})`.execute(db);
}
