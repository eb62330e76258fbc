/** A story as a printed book. */
export type { Book, BookFormat, BookNote, BookNoteCode, BookPage, BookPicture, PrintedBook } from "./book.ts";
export { bookFormats } from "./book.ts";
export { BookError, type BookErrorCode } from "./book-error.ts";
export { type BookProgress, type PrintOptions, printBook } from "./print-book.ts";
