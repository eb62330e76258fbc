import type { Book, BookNote } from "./book.ts";
import { bookColours, titlePosition } from "./book-colours.ts";
import { firstWords, readParagraphs } from "./book-paragraphs.ts";
import { bookWords } from "./book-words.ts";
import type { BookFonts } from "./fonts.ts";
import type { PreparedPicture } from "./prepare-picture.ts";
import { printableText } from "./print-text.ts";
import {
  bleedMillimetres,
  formatDesigns,
  markedSlugMillimetres,
  type SheetData,
  type SheetPicture,
} from "./sheet-data.ts";

/** Below this many pixels an inch a picture looks soft; a picture 1024 pixels wide has 124 on 21 cm. */
const pixelsPerInchMin = 120;
/** A longer part never fits a page, whatever the size of its type. */
const onePageCharactersMax = 2_800;
const notesMax = 500;

/** What the typesetter is given: the book as data, its pictures as files; and what somebody should know of it. */
export interface Sheet {
  readonly data: SheetData;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly notes: readonly BookNote[];
}

/** `pictures`: the cover's, then those of the pages. */
export function setSheet(book: Book, pictures: readonly (PreparedPicture | null)[], fonts: BookFonts): Sheet {
  const design = formatDesigns[book.format];
  const bleed = book.hasBleed ? bleedMillimetres : 0;
  const [cover = null, ...others] = pictures;
  const glance = (cover ?? others.find((each) => each !== null))?.glance ?? null;
  const notes = notesOfPictures(pictures);
  const print = (text: string, page: number): string => {
    const { text: printable, hasReplacements } = printableText(text, fonts);
    if (hasReplacements) notes.push({ code: "TEXT_REPLACED", page });
    return printable;
  };
  const data: SheetData = {
    ...design,
    title: oneLine(print(book.title, 0)) || "—",
    author: book.author === null ? null : oneLine(print(book.author, 0)),
    language: book.language,
    bleed,
    slug: book.hasCropMarks ? markedSlugMillimetres : bleed,
    cropMarks: book.hasCropMarks,
    colours: bookColours(glance),
    words: bookWords[book.language],
    cover: placed(0, book.cover?.alt, cover, fonts),
    titleAt: cover === null || glance === null ? "bottom" : titlePosition(glance),
    parts: partsOf(book, others, fonts, print),
    isLong: book.pages.some((page) => page.text.length > onePageCharactersMax),
    colophon: book.colophon.map((line) => oneLine(print(line, book.pages.length + 1))).filter((line) => line !== ""),
  };
  const files = pictures.flatMap((picture, at) =>
    picture === null ? [] : [{ name: fileName(at, picture), bytes: picture.bytes }],
  );
  return { data, files, notes: distinct(notes).slice(0, notesMax) };
}

/** The parts with a text are counted; those of a picture alone are not. */
function partsOf(
  book: Book,
  pictures: readonly (PreparedPicture | null)[],
  fonts: BookFonts,
  print: (text: string, page: number) => string,
): SheetData["parts"] {
  let number = 0;
  return book.pages.map((page, index) => {
    const text = print(page.text, index + 1);
    const paragraphs = readParagraphs(text, (letter) => isInitial(letter, fonts));
    if (paragraphs.length > 0) number += 1;
    return {
      number,
      outline: `${number} · ${firstWords(text)}`,
      paragraphs,
      picture: placed(index + 1, page.picture?.alt, pictures[index] ?? null, fonts),
    };
  });
}

function notesOfPictures(pictures: readonly (PreparedPicture | null)[]): BookNote[] {
  return pictures.flatMap((picture, page): BookNote[] => {
    if (picture === null) return [{ code: "PICTURE_MISSING", page }];
    return picture.place.pixelsPerInch < pixelsPerInchMin ? [{ code: "PICTURE_LOW_RESOLUTION", page }] : [];
  });
}

function placed(
  at: number,
  alt: string | undefined,
  picture: PreparedPicture | null,
  fonts: BookFonts,
): SheetPicture | null {
  if (picture === null) return null;
  const { x, y, width, height, isFull } = picture.place;
  return { file: fileName(at, picture), alt: altText(alt ?? "", fonts), x, y, width, height, isFull };
}

const fileName = (at: number, { extension }: PreparedPicture): string => `picture-${at}.${extension}`;

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
