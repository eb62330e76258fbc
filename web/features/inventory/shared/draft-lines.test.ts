import { describe, expect, it } from "vitest";
import { type DraftLine, withMore } from "./draft-lines.ts";

const mate = { id: "m", name: "Yerba mate", sku: "Y-1", unit: "unit" };
const cheese = { id: "q", name: "Queso", sku: "Q-1", unit: "kg" };
let last = 0;
const newId = () => {
  last += 1;
  return `line-${last}`;
};
const summary = (lines: readonly DraftLine[]) => lines.map(({ product, quantity, lot }) => [product.id, quantity, lot]);

describe("scanned lines", () => {
  it("grow by one, or by the weight in the code, without losing a gram", () => {
    let lines: readonly DraftLine[] = [];
    for (const quantity of ["0.1", "0.2"]) lines = withMore(lines, { product: cheese, quantity }, newId);
    for (const quantity of ["1", "1", "1"]) lines = withMore(lines, { product: mate, quantity }, newId);
    expect(summary(lines)).toEqual([
      ["m", "3", ""],
      ["q", "0.3", ""],
    ]);
  });

  it("keep lots apart, and what was scanned last on top", () => {
    let lines = withMore([], { product: mate, quantity: "1", lot: "A" }, newId);
    lines = withMore(lines, { product: mate, quantity: "1", lot: "B" }, newId);
    lines = withMore(lines, { product: mate, quantity: "2", lot: "A" }, newId);
    expect(summary(lines)).toEqual([
      ["m", "3", "A"],
      ["m", "1", "B"],
    ]);
  });

  it("leave alone what somebody is still typing", () => {
    const typing = withMore([], { product: mate, quantity: "1" }, newId).map((line) => ({ ...line, quantity: "x" }));
    expect(summary(withMore(typing, { product: mate, quantity: "1" }, newId))).toEqual([
      ["m", "1", ""],
      ["m", "x", ""],
    ]);
  });

  it("count on from a decimal comma", () => {
    const comma = withMore([], { product: cheese, quantity: "1" }, newId).map((line) => ({ ...line, quantity: "1,5" }));
    expect(summary(withMore(comma, { product: cheese, quantity: "0.25" }, newId))).toEqual([["q", "1.75", ""]]);
  });
});
