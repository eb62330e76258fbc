import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf, spreadsOf } from "./book-pages.ts";

test("every word of a text is in the book, once and in order", () => {
  const word = fc.stringMatching(/^[a-zñé]{1,9}[.!?]?$/);
  const text = fc.array(fc.array(word, { minLength: 1, maxLength: 12 }), { maxLength: 20 });
  fc.assert(
    fc.property(text, (paragraphs) => {
      const content = paragraphs.map((words) => words.join(" ")).join("\n\n");
      const read = partsOf(content, 5).flat().join(" ").split(/\s+/).join(" ");
      expect(read).toBe(content.split(/\s+/).join(" "));
    }),
  );
});

test("a text of a few sentences fills all its pages, and a long one evenly", () => {
  expect(partsOf("Uno. Dos. Tres. Cuatro. Cinco.", 5).map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  const long = Array.from({ length: 50 }, (_, index) => `Párrafo ${index}.`).join("\n\n");
  expect(partsOf(long, 5).every(({ length }) => length >= 9 && length <= 11)).toBe(true);
});

test("a story without text or pictures is a book all the same", () => {
  expect(spreadsOf({ content: "", images: [] }).map(({ kind }) => kind)).toEqual([
    "cover",
    "text",
    "text",
    "text",
    "text",
    "text",
    "end",
  ]);
});
