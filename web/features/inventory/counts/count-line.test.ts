import { expect, it } from "vitest";
import { type CountLine, foundMore, outdated, shownLines, totalsOf, varianceOf } from "./count-line.ts";

const line = (change: Partial<CountLine> = {}): CountLine => ({
  productId: crypto.randomUUID(),
  sku: "te-1",
  gtin: null,
  name: "Té en hebras",
  unit: "unit",
  price: "10",
  currency: "ARS",
  unitCost: "7.5",
  expected: "10",
  position: 4,
  counted: null,
  moved: null,
  ...change,
});

it("each scan is one more, and a weight is added exactly", () => {
  expect(foundMore(foundMore(line(), "1"), "1").counted).toBe("2");
  expect(foundMore(foundMore(line(), "0.1"), "0.2").counted).toBe("0.3");
});

it("a line that moved is to be counted again from what lies there now, and keeps what it was", () => {
  const moved = outdated(line({ counted: "9" }), { expected: "7", position: 6 });
  expect(moved).toMatchObject({ counted: null, expected: "7", position: 6 });
  expect(moved.moved).toEqual({ expected: "10", counted: "9", position: 4 });
  expect(varianceOf(moved)).toBeNull();
  expect(varianceOf({ ...moved, counted: "6" })).toBe("-1");
});

it("totals tell what was counted, what is off, and what that is worth", () => {
  const lines = [line({ counted: "8" }), line({ counted: "10" }), line(), line({ counted: "1", unitCost: null })];
  expect(totalsOf(lines)).toEqual({ counted: 3, off: 2, moved: 0, worth: "-15" });
});

it("lines are found by all the words, whatever the accents", () => {
  const lines = [line(), line({ name: "Café", sku: "cafe", gtin: "7790000010019", counted: "3" })];
  expect(shownLines(lines, "all", "TE hebras")).toHaveLength(1);
  expect(shownLines(lines, "all", "0010019")).toHaveLength(1);
  expect(shownLines(lines, "open", "")).toHaveLength(1);
  expect(shownLines(lines, "off", "")).toHaveLength(1);
});
