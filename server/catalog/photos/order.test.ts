import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { photosMax, readPhotoOrder } from "./order.ts";

const id = randomUUID();
const read = (order: unknown, files: readonly string[] = []) => readPhotoOrder(JSON.stringify(order), files);

describe("readPhotoOrder", () => {
  it("gives photos and files in the order wanted", () => {
    const order = [{ file: "b" }, { id }, { file: "a", alt: "Una" }];
    expect(read(order, ["a", "b"])).toEqual(order);
    expect(read([])).toEqual([]);
  });

  it("does not take a photo for a file whose field has its id", () => {
    expect(read([{ id }, { file: id }], [id])).toEqual([{ id }, { file: id }]);
  });

  it.each<readonly [string, string | undefined, readonly string[], RegExp]>([
    ["nothing", undefined, [], /missing/],
    ["no JSON", "[{", [], /not a list/],
    ["null", "null", [], /not a list/],
    ["a photo that is no UUID", '[{"id":"1"}]', [], /not a list/],
    ["an entry that is neither", "[{}]", [], /not a list/],
    ["an entry that is both", `[{"id":"${id}","file":"a"}]`, ["a"], /not a list/],
    ["an empty field name", '[{"file":""}]', [""], /not a list/],
    ["a file that was not sent", '[{"file":"a"}]', ["b"], /file a, which was not sent/],
    ["a file without a place", "[]", ["a"], /does not name/],
    ["a file named twice", '[{"file":"a"},{"file":"a"}]', ["a"], /twice/],
    ["a photo named twice", `[{"id":"${id}"},{"id":"${id}"}]`, [], /twice/],
    ["two files in one field", '[{"file":"a"}]', ["a", "a"], /twice/],
    ["a photo named twice, in other letters", `[{"id":"${id}"},{"id":"${id.toUpperCase()}"}]`, [], /twice/],
  ])("refuses %s", (_what, text, files, reason) => {
    expect(() => readPhotoOrder(text, files)).toThrow(reason);
  });

  it("names the place of what is wrong", () => {
    expect(() => read([{ id }, { id: "x" }])).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ path: "order.1.id" })] }),
    );
  });

  it("has an end", () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ id: randomUUID() }));
    expect(read(many(photosMax))).toHaveLength(photosMax);
    expect(() => read(many(photosMax + 1))).toThrow();
  });
});
