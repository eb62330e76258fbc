import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDecimals, compareDecimals, multiplyDecimals, readDecimal, subtractDecimals } from "./decimal.ts";

const thousandths = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const text = (units: number) => {
  const digits = String(Math.abs(units)).padStart(4, "0");
  return `${units < 0 ? "-" : ""}${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

describe("decimal strings", () => {
  it("are added and taken away exactly", () => {
    expect(addDecimals("0.1", "0.2")).toBe("0.3");
    fc.assert(
      fc.property(thousandths, thousandths, (a, b) => {
        expect(addDecimals(text(a), text(b))).toBe(addDecimals(text(a + b)));
        expect(subtractDecimals(text(a), text(b))).toBe(addDecimals(text(a - b)));
        expect(Math.sign(compareDecimals(text(a), text(b)))).toBe(Math.sign(a - b));
      }),
    );
  });

  it("are multiplied, and rounded half away from zero", () => {
    expect(multiplyDecimals("1.5", "1.25", 2)).toBe("1.88");
    expect(multiplyDecimals("-1.5", "1.25", 2)).toBe("-1.88");
    expect(multiplyDecimals("3", "33.3333", 4)).toBe("99.9999");
    expect(multiplyDecimals("0.001", "4", 2)).toBe("0");
  });

  it("are read as people type them, and not guessed at", () => {
    expect(readDecimal("1,5", 3)).toBe("1.5");
    expect(readDecimal(" 2.500 ", 3)).toBe("2.5");
    expect(readDecimal(",25", 3)).toBe("0.25");
    expect(readDecimal("7,", 3)).toBe("7");
    expect(readDecimal("007", 3)).toBe("7");
    for (const wrong of ["", "-1", "1.2345", "1.234,5", "uno", "1e3"]) expect(readDecimal(wrong, 3)).toBeNull();
  });
});
