import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import { privateAddress } from "../private-address.ts";
import type { StoryBook } from "../schemas.ts";
import type { BookRow } from "./queries.ts";

/** A book as the API shows it. `presentFingerprint`: of the story as it is now, with the book's own options. */
export async function bookView(
  book: BookRow,
  presentFingerprint: string,
  store: Pick<ObjectStore, "signedUrl">,
): Promise<StoryBook> {
  const address = book.objectKey === null ? null : await privateAddress(store, book.objectKey);
  return {
    id: book.id,
    storyId: book.storyId,
    format: book.format,
    bleed: book.hasBleed,
    cropMarks: book.hasCropMarks,
    state: book.state,
    progress: book.progress,
    isCurrent: book.fingerprint === presentFingerprint,
    pageCount: book.pageCount,
    sizeBytes: book.sizeBytes,
    notes: book.notes.map(({ code, page }) => ({ code, page })),
    url: address?.url ?? null,
    urlExpiresAt: address?.urlExpiresAt ?? null,
    code: book.code,
    message: book.message,
    requestedAt: new Date(book.requestedAt).toISOString(),
    startedAt: book.startedAt === null ? null : new Date(book.startedAt).toISOString(),
    finishedAt: book.finishedAt === null ? null : new Date(book.finishedAt).toISOString(),
  };
}
