import { expect, it } from "vitest";
import { SeenCodes } from "./seen-codes.ts";

it("a code before the camera counts once, however long it stays, and again when it comes back", () => {
  const seen = new SeenCodes();
  const counted = [0, 120, 240, 360, 900].flatMap((nowMs) => seen.newOnes(["7790895000997"], nowMs));
  expect(counted).toEqual(["7790895000997"]);
  expect(seen.newOnes([], 1_500)).toEqual([]);
  expect([2_000, 2_120].flatMap((nowMs) => seen.newOnes(["7790895000997"], nowMs))).toEqual(["7790895000997"]);
});

it("what one picture alone shows was misread", () => {
  const seen = new SeenCodes();
  expect(seen.newOnes(["7790895000990"], 0)).toEqual([]);
  expect(seen.newOnes(["7790895000997"], 120)).toEqual([]);
  expect(seen.newOnes(["7790895000997", "7790895000997"], 240)).toEqual(["7790895000997"]);
});
