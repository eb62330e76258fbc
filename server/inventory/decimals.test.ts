import fc from "fast-check";
import { expect, test } from "vitest";
import { addQuantities, canonicalDecimal } from "./decimals.ts";

test.each([
  ["0", "0"],
  ["007", "7"],
  ["2.500", "2.5"],
  ["0.050", "0.05"],
  ["10.0", "10"],
  ["-0.0", "0"],
  ["-1.10", "-1.1"],
])("%s is written %s", (given, canonical) => expect(canonicalDecimal(given)).toBe(canonical));

const quantity = fc.integer({ min: -999_999_999, max: 999_999_999 });
const written = (thousandths: number) => canonicalDecimal((thousandths / 1000).toFixed(3));

test("sums are exact", () => {
  fc.assert(
    fc.property(quantity, quantity, (a, b) => {
      expect(addQuantities(written(a), written(b))).toBe(written(a + b));
    }),
  );
});
