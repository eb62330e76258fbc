import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { niceTop, ticksOf } from "./scale.ts";

describe("the top of a chart", () => {
  it("is a round figure that is not below the highest value, and at most 2.5 times it", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.001, max: 1e12, noNaN: true }), (value) => {
        const top = niceTop(value);
        expect(top).toBeGreaterThanOrEqual(value);
        expect(top).toBeLessThanOrEqual(value * 2.5 * (1 + 1e-9));
      }),
    );
  });

  it("has lines at whole figures only", () => {
    expect(ticksOf(10)).toEqual([0, 5, 10]);
    expect(ticksOf(5)).toEqual([0, 5]);
    expect(ticksOf(1)).toEqual([0, 1]);
  });
});
