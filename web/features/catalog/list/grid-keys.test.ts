import { expect, test } from "vitest";
import { movedIndex } from "./grid-keys.ts";

/** Three columns, eight cells: the last row has two. */
const grid = { columns: 3, count: 8 };

test.each([
  ["ArrowRight", 7, 7],
  ["ArrowLeft", 0, 0],
  ["ArrowDown", 4, 7],
  ["ArrowDown", 5, 5],
  ["ArrowUp", 1, 1],
  ["Home", 4, 3],
  ["End", 3, 5],
  ["End", 6, 7],
  ["PageDown", 0, 7],
])("%s from cell %i leads to cell %i", (key, from, to) =>
  expect(movedIndex({ key, ctrlKey: false, metaKey: false }, from, grid)).toBe(to),
);

test("Ctrl makes Home and End the very first and last", () => {
  expect(movedIndex({ key: "End", ctrlKey: true, metaKey: false }, 1, grid)).toBe(7);
  expect(movedIndex({ key: "Home", ctrlKey: true, metaKey: false }, 7, grid)).toBe(0);
});

test("a letter does not move", () =>
  expect(movedIndex({ key: "x", ctrlKey: false, metaKey: false }, 1, grid)).toBeNull());
