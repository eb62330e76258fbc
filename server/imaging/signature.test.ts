import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { isRecipeCurrent, thumbnailSignature } from "./signature.ts";
import { recipeVersion } from "./variants.ts";

const sha256 = createHash("sha256").update("a photo").digest("hex");

it("a signature is the first 16 hex digits of the original's hash and the recipe's version", () => {
  expect(thumbnailSignature(sha256)).toBe(`${sha256.slice(0, 16)}.${recipeVersion}`);
});

it("a signature is current only for the same original and today's recipe", () => {
  const other = createHash("sha256").update("another photo").digest("hex");
  expect(isRecipeCurrent(thumbnailSignature(sha256), sha256)).toBe(true);
  expect(isRecipeCurrent(thumbnailSignature(other), sha256)).toBe(false);
  expect(isRecipeCurrent(`${sha256.slice(0, 16)}.${recipeVersion + 1}`, sha256)).toBe(false);
  expect(isRecipeCurrent(null, sha256)).toBe(false);
});

it("what is no hash gets no signature", () => {
  expect(() => thumbnailSignature(sha256.toUpperCase())).toThrow(TypeError);
  expect(() => thumbnailSignature("abc")).toThrow(TypeError);
});
