import type { Book, PrintedBook } from "./book.ts";
import { BookError } from "./book-error.ts";
import { bookFonts, fontPaths } from "./fonts.ts";
import { markPageBoxes } from "./page-boxes.ts";
import { type PreparedPicture, preparePicture } from "./prepare-picture.ts";
import { setSheet } from "./set-sheet.ts";
import { bleedMillimetres, formatDesigns } from "./sheet-data.ts";
import { Typesetter } from "./typesetting.ts";

export interface PrintOptions {
  readonly signal: AbortSignal;
  /** Called as the work goes on: once for every picture, and when the pages are set. */
  readonly onProgress?: (progress: BookProgress) => void;
}

export interface BookProgress {
  readonly done: number;
  readonly total: number;
}

const charactersMax = 2_000_000;
const pagesMax = 500;
const titleCharactersMax = 500;
const authorCharactersMax = 200;
const picturesAtOnce = 4;
const pointsPerMillimetre = 72 / 25.4;

const typesetter = new Typesetter({
  fontPaths,
  timeoutMs: 120_000,
  memoryBytesMax: 2_000_000_000,
  idleMs: 60_000,
});

/**
 * Prints a story as a book (requirement 05): PDF 1.7, tagged and PDF/UA-1, typefaces embedded, its bytes a function of the
 * book alone. Texts are data, never markup; pictures that are missing leave a page to draw on, and a note.
 *
 * Typesetting runs in a process of its own: at most 2 minutes and 2 GB, one book at a time.
 *
 * @throws {BookError} `BOOK_TOO_LARGE`, or when it could not be typeset; the signal's reason when it is aborted.
 */
export async function printBook(book: Book, { signal, onProgress }: PrintOptions): Promise<PrintedBook> {
  signal.throwIfAborted();
  requireBounds(book);
  const total = book.pages.length + 2;
  const pictures = await preparePictures(book, signal, (done) => onProgress?.({ done, total }));
  const { data, files, notes } = setSheet(book, pictures, await bookFonts());
  const { pdf, pageCount } = await typesetter.print(
    {
      files: [...files, { name: "book.json", bytes: Buffer.from(JSON.stringify(data)) }],
      createdAtSeconds: Math.floor(book.createdAt.getTime() / 1000),
    },
    signal,
  );
  const { slug, bleed } = data;
  const boxed = markPageBoxes(pdf, { slug: slug * pointsPerMillimetre, bleed: bleed * pointsPerMillimetre });
  onProgress?.({ done: total, total });
  return { pdf: boxed, pageCount, notes };
}

/** The cover's, then those of the pages, as large as they are printed; null where there is none that can be. */
async function preparePictures(
  book: Book,
  signal: AbortSignal,
  onPrepared: (done: number) => void,
): Promise<readonly (PreparedPicture | null)[]> {
  const page = { ...formatDesigns[book.format].trim, bleed: book.hasBleed ? bleedMillimetres : 0 };
  let prepared = 0;
  return inTurns([book.cover, ...book.pages.map(({ picture }) => picture)], async (picture) => {
    const ready = picture && (await preparePicture(picture, page, signal));
    prepared += 1;
    onPrepared(prepared);
    return ready;
  });
}

/** At most `picturesAtOnce` at a time, so that their decoded pixels fit in little memory. */
async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += picturesAtOnce) {
    results.push(...(await Promise.all(all.slice(at, at + picturesAtOnce).map(work))));
  }
  return results;
}

function requireBounds(book: Book): void {
  const characters = book.pages.reduce((sum, page) => sum + page.text.length, 0);
  const tooLarge =
    (book.pages.length > pagesMax && `${pagesMax} pages`) ||
    (characters > charactersMax && `${charactersMax} characters`) ||
    (book.title.length > titleCharactersMax && `a title of ${titleCharactersMax} characters`) ||
    ((book.author?.length ?? 0) > authorCharactersMax && `an author of ${authorCharactersMax} characters`);
  if (tooLarge) throw new BookError("BOOK_TOO_LARGE", `A book has at most ${tooLarge}.`, { retryable: false });
}
