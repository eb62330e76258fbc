import type { PictureMimeType, StoryLanguage } from "../types.ts";

export const bookFormats = ["a4", "square"] as const;
/** `a4` 210 × 297 mm, `square` 210 × 210 mm. */
export type BookFormat = (typeof bookFormats)[number];

/** All that a printed story is made of; plain data, so that the same book always gives the same bytes. */
export interface Book {
  readonly title: string;
  readonly author: string | null;
  readonly language: StoryLanguage;
  readonly format: BookFormat;
  /** 3 mm of picture beyond the edge, for a printer that cuts. */
  readonly hasBleed: boolean;
  readonly hasCropMarks: boolean;
  readonly cover: BookPicture | null;
  /** In reading order. A page without text is a picture alone; a long text flows over as many pages as it needs. */
  readonly pages: readonly BookPage[];
  /** The facts of the last page: who drew, when, with what. Lines of plain text in the book's language. */
  readonly colophon: readonly string[];
  /** Goes into the document's metadata, so that no clock does. */
  readonly createdAt: Date;
}

export interface BookPage {
  /** Plain text, paragraphs apart by an empty line; never read as markup. */
  readonly text: string;
  readonly picture: BookPicture | null;
}

export interface BookPicture {
  readonly bytes: Uint8Array;
  readonly mimeType: PictureMimeType;
  /** What it shows, for who does not see it. */
  readonly alt: string;
}

export interface PrintedBook {
  readonly pdf: Uint8Array;
  readonly pageCount: number;
  /** What a person should know, each a code and where: in the order of the pages, at most 500. */
  readonly notes: readonly BookNote[];
}

/**
 * `PICTURE_MISSING`: there was none, or it could not be decoded; the page invites to draw one.
 * `PICTURE_LOW_RESOLUTION`: fewer than 120 pixels an inch at its printed size.
 * `TEXT_REPLACED`: no typeface of the book has some characters, a mark stands in their place.
 */
export type BookNoteCode = "PICTURE_MISSING" | "PICTURE_LOW_RESOLUTION" | "TEXT_REPLACED";

export interface BookNote {
  readonly code: BookNoteCode;
  /** 0 for the cover (its title and author too), 1 for the first of `pages`, one more than the last for the colophon. */
  readonly page: number;
}
