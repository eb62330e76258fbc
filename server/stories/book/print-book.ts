import type { Book, BookNote, PrintedBook } from "./book.ts";
import { bookColours, titlePosition } from "./book-colours.ts";
import { BookError } from "./book-error.ts";
import { firstWords, readParagraphs } from "./book-paragraphs.ts";
import { bookWords } from "./book-words.ts";
import { type BookFonts, bookFonts, fontPaths } from "./fonts.ts";
import { markPageBoxes } from "./page-boxes.ts";
import { type PreparedPicture, preparePicture } from "./prepare-picture.ts";
import { printableText } from "./print-text.ts";
import {
  bleedMillimetres,
  formatDesigns,
  markedSlugMillimetres,
  type SheetData,
  type SheetPicture,
} from "./sheet-data.ts";
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

/** Below this many pixels an inch a picture looks soft; a picture 1024 pixels wide has 124 on 21 cm. */
const pixelsPerInchMin = 120;
const charactersMax = 2_000_000;
const pagesMax = 500;
const titleCharactersMax = 500;
const authorCharactersMax = 200;
const notesMax = 500;
const picturesAtOnce = 4;
/** A longer part never fits a page, whatever the size of its type. */
const onePageCharactersMax = 2_800;
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
  const fonts = await bookFonts();
  const design = formatDesigns[book.format];
  const bleed = book.hasBleed ? bleedMillimetres : 0;
  const slug = book.hasCropMarks ? markedSlugMillimetres : bleed;
  const notes: BookNote[] = [];
  const total = book.pages.length + 2;
  const print = (text: string, page: number): string => {
    const { text: printable, hasReplacements } = printableText(text, fonts);
    if (hasReplacements) notes.push({ code: "TEXT_REPLACED", page });
    return printable;
  };

  let prepared = 0;
  const page = { ...design.trim, bleed };
  const pictures = await inTurns([book.cover, ...book.pages.map(({ picture }) => picture)], async (picture) => {
    const ready = picture && (await preparePicture(picture, page, signal));
    prepared += 1;
    onProgress?.({ done: prepared, total });
    return ready;
  });
  for (const [at, ready] of pictures.entries()) {
    if (ready === null) notes.push({ code: "PICTURE_MISSING", page: at });
    else if (ready.place.pixelsPerInch < pixelsPerInchMin) notes.push({ code: "PICTURE_LOW_RESOLUTION", page: at });
  }

  const [cover = null, ...others] = pictures;
  const leading = cover ?? others.find((each) => each !== null);
  const glance = leading?.glance ?? null;
  const placed = (at: number, alt: string | undefined, prepared: PreparedPicture | null | undefined) =>
    prepared ? { file: fileName(at, prepared), alt: altText(alt ?? "", fonts), ...frame(prepared) } : null;
  let number = 0;
  const parts = book.pages.map((page, index) => {
    const text = print(page.text, index + 1);
    const paragraphs = readParagraphs(text, (letter) => isInitial(letter, fonts));
    if (paragraphs.length > 0) number += 1;
    return {
      number,
      outline: `${number} · ${firstWords(text)}`,
      paragraphs,
      picture: placed(index + 1, page.picture?.alt, others[index]),
    };
  });
  const data: SheetData = {
    ...design,
    title: oneLine(print(book.title, 0)) || "—",
    author: book.author === null ? null : oneLine(print(book.author, 0)),
    language: book.language,
    bleed,
    slug,
    cropMarks: book.hasCropMarks,
    colours: bookColours(glance),
    words: bookWords[book.language],
    cover: placed(0, book.cover?.alt, cover),
    titleAt: cover === null || glance === null ? "bottom" : titlePosition(glance),
    parts,
    isLong: book.pages.some((page) => page.text.length > onePageCharactersMax),
    colophon: book.colophon.map((line) => oneLine(print(line, book.pages.length + 1))).filter((line) => line !== ""),
  };

  const files = pictures.flatMap((prepared, at) =>
    prepared === null ? [] : [{ name: fileName(at, prepared), bytes: prepared.bytes }],
  );
  const { pdf, pageCount } = await typesetter.print(
    {
      files: [...files, { name: "book.json", bytes: Buffer.from(JSON.stringify(data)) }],
      createdAtSeconds: Math.floor(book.createdAt.getTime() / 1000),
    },
    signal,
  );
  const boxed = markPageBoxes(pdf, { slug: slug * pointsPerMillimetre, bleed: bleed * pointsPerMillimetre });
  onProgress?.({ done: total, total });
  return { pdf: boxed, pageCount, notes: distinct(notes).slice(0, notesMax) };
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

const fileName = (at: number, { extension }: PreparedPicture): string => `picture-${at}.${extension}`;

function frame({ place: { x, y, width, height, isFull } }: PreparedPicture): Omit<SheetPicture, "file" | "alt"> {
  return { x, y, width, height, isFull };
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** An alternative text is heard, not printed, so that no typeface need have it; but every picture must have one. */
function altText(alt: string, fonts: BookFonts): string {
  const line = oneLine(printableText(alt, fonts).text);
  return line === "" ? "—" : line;
}

const isInitial = (letter: string, fonts: BookFonts): boolean =>
  Array.from(letter).every((character) => fonts.display.has(character.codePointAt(0) ?? 0));

/** In the order of the pages, each thing once. */
function distinct(notes: readonly BookNote[]): BookNote[] {
  const byName = new Map(notes.map((note) => [`${note.page} ${note.code}`, note]));
  return [...byName.values()].sort((one, other) => one.page - other.page || (one.code < other.code ? -1 : 1));
}
