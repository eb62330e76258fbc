import { expect, test } from "vitest";
import { fieldKindOf, firstValueOf } from "./value-schema.ts";

test("simple values have their fields, with their limits", () => {
  expect(fieldKindOf({ type: "string", enum: ["skip", "transcode"] })).toEqual({
    kind: "choice",
    choices: ["skip", "transcode"],
  });
  expect(fieldKindOf({ type: "boolean" })).toEqual({ kind: "switch" });
  expect(fieldKindOf({ type: "integer", minimum: 1, maximum: 9 })).toEqual({
    kind: "number",
    isWhole: true,
    min: 1,
    max: 9,
  });
  expect(fieldKindOf({ type: "number", exclusiveMinimum: 0 })).toMatchObject({ isWhole: false, min: 0, max: null });
  // What the server says of any whole number from 1.
  expect(fieldKindOf({ type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER })).toMatchObject({ max: null });
  expect(fieldKindOf({ type: "string", maxLength: 40 })).toEqual({ kind: "text", lengthMax: 40 });
});

test("what may be nothing is a field that may be left empty, whether nothing is null or a word", () => {
  expect(fieldKindOf({ anyOf: [{ type: "string", maxLength: 2 }, { type: "null" }] })).toEqual({
    kind: "text",
    lengthMax: 2,
    none: null,
  });
  expect(fieldKindOf({ anyOf: [{ type: "number" }, { type: "string", const: "none" }] })).toMatchObject({
    kind: "number",
    none: "none",
  });
});

test("what no field fits is left to those who read JSON", () => {
  expect(fieldKindOf({}).kind).toBe("json");
  expect(fieldKindOf({ anyOf: [{ type: "string" }, { type: "number" }] }).kind).toBe("json");
  expect(fieldKindOf({ anyOf: [{ type: "boolean" }, { type: "null" }] }).kind).toBe("json");
  expect(fieldKindOf({ type: "object", additionalProperties: {} }).kind).toBe("json");
  expect(fieldKindOf({ type: "array", items: [{}] }).kind).toBe("json");
});

test("a new entry of a list has every field, with the least that fits", () => {
  const item = {
    type: "object",
    properties: {
      prefix: { type: "string" },
      digits: { type: "integer", minimum: 3 },
      isChecked: { type: "boolean" },
      value: { type: "string", enum: ["weight", "price"] },
    },
  };
  expect(fieldKindOf({ type: "array", items: item, maxItems: 10 })).toEqual({ kind: "list", item, countMax: 10 });
  expect(firstValueOf(item)).toEqual({ prefix: "", digits: 3, isChecked: false, value: "weight" });
});
