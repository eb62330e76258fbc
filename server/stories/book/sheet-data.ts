import type { BookFormat } from "./book.ts";
import type { BookColours } from "./book-colours.ts";
import type { Paragraph } from "./book-paragraphs.ts";
import type { BookWords } from "./book-words.ts";

/** All that typst/book.typ reads, as its `data/book.json`. Lengths in millimetres, sizes of type in points. */
export interface SheetData extends FormatDesign {
  readonly title: string;
  readonly author: string | null;
  readonly language: string;
  readonly bleed: number;
  readonly slug: number;
  readonly cropMarks: boolean;
  readonly colours: BookColours;
  readonly words: BookWords;
  readonly cover: SheetPicture | null;
  readonly titleAt: "top" | "bottom";
  readonly parts: readonly SheetPart[];
  /** Too long for any part to be tried on one page. */
  readonly isLong: boolean;
  readonly colophon: readonly string[];
}

export interface SheetPart {
  readonly number: number;
  /** Its bookmark. */
  readonly outline: string;
  readonly paragraphs: readonly Paragraph[];
  readonly picture: SheetPicture | null;
}

export interface SheetPicture {
  /** Name in `data/`. */
  readonly file: string;
  readonly alt: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isFull: boolean;
}

export interface FormatDesign {
  readonly trim: { readonly width: number; readonly height: number };
  readonly margins: {
    readonly inside: number;
    readonly outside: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Tried from the largest; when no size lets every part fit its page, the text flows in `flowingSize`. */
  readonly textSizes: readonly number[];
  readonly flowingSize: number;
  /** From the foot of the text to the page number. */
  readonly folioDrop: number;
}

export const formatDesigns: Readonly<Record<BookFormat, FormatDesign>> = {
  a4: {
    trim: { width: 210, height: 297 },
    margins: { inside: 30, outside: 28, top: 28, bottom: 34 },
    textSizes: [22, 20, 18.5, 17, 15.5, 14.5],
    flowingSize: 12.5,
    folioDrop: 14,
  },
  square: {
    trim: { width: 210, height: 210 },
    margins: { inside: 28, outside: 26, top: 22, bottom: 27 },
    textSizes: [20, 18, 16.5, 15, 14, 13],
    flowingSize: 12,
    folioDrop: 10,
  },
};

/** Beyond the cut, as printers ask. */
export const bleedMillimetres = 3;
/** From the edge of the sheet to the cut when there are crop marks: 9 mm of mark, and a rim. */
export const markedSlugMillimetres = 11;
