import { describe, expect, test } from "vitest";
import { hasRightCheckDigit, type MeasuredCodeScheme, measuredCodes, readMeasuredCode } from "./measured-code.ts";

const withCheckDigit = (digits: string): string =>
  [..."0123456789"].map((check) => digits + check).find(hasRightCheckDigit) ?? "";

describe("a scale's code", () => {
  test("tells item and weight, or item and price, as its prefix says", () => {
    expect(readMeasuredCode(withCheckDigit("200123401250"), measuredCodes.fallback)).toEqual({
      itemCode: "2001234",
      item: "01234",
      value: "weight",
      amount: "1.25",
    });
    expect(readMeasuredCode(withCheckDigit("250123499999"), measuredCodes.fallback)).toMatchObject({
      value: "price",
      amount: "999.99",
    });
  });

  test("follows the shop's own layout, with a check digit of the value and no decimals", () => {
    const own: MeasuredCodeScheme[] = [
      { prefix: "21", itemDigits: 4, hasValueCheckDigit: true, value: "price", decimals: 0 },
    ];
    expect(readMeasuredCode(withCheckDigit("219876700042"), own)).toEqual({
      itemCode: "219876",
      item: "9876",
      value: "price",
      amount: "42",
    });
    expect(readMeasuredCode(withCheckDigit("200123401250"), own)).toBeNull();
  });

  test.each(["2001234012500", "779123456789", "ABC", "", "20012340125001"])("is not %j", (code) => {
    expect(readMeasuredCode(code, measuredCodes.fallback)).toBeNull();
  });

  test("cannot be laid out so that no value fits, or twice for one prefix", () => {
    const one = { prefix: "20", itemDigits: 7, hasValueCheckDigit: true, value: "weight", decimals: 3 };
    expect(measuredCodes.schema.safeParse([one]).success).toBe(false);
    const fits = { ...one, itemDigits: 5 };
    expect(measuredCodes.schema.safeParse([fits]).success).toBe(true);
    expect(measuredCodes.schema.safeParse([fits, fits]).success).toBe(false);
    expect(measuredCodes.schema.safeParse([{ ...fits, prefix: "30" }]).success).toBe(false);
  });
});
