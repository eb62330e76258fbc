import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigitOf } from "../scan/check-digit.ts";
import { type Barcode, barcodeMaker, codeOf, moduleWidth } from "./barcode.ts";

const make = await barcodeMaker();

/** GS1 General Specifications §5.2.1: sets A and C; set B is C backwards. A 1 is black. */
const setA = [
  "0001101",
  "0011001",
  "0010011",
  "0111101",
  "0100011",
  "0110001",
  "0101111",
  "0111011",
  "0110111",
  "0001011",
];
const setC = setA.map((digit) => [...digit].map((module) => (module === "1" ? "0" : "1")).join(""));
const setB = setC.map((digit) => [...digit].reverse().join(""));
/** Which of the left six digits are of set B tells the first digit. */
const firstDigits = [
  "AAAAAA",
  "AABABB",
  "AABBAB",
  "AABBBA",
  "ABAABB",
  "ABBAAB",
  "ABBBAA",
  "ABABAB",
  "ABABBA",
  "ABBABA",
];

function modulesOf({ bars, modules }: Barcode): string {
  const black = new Set(bars.flatMap(({ at, width }) => Array.from({ length: width }, (_, index) => at + index)));
  return Array.from({ length: modules }, (_, index) => (black.has(index) ? "1" : "0")).join("");
}

/** As a scanner reads it; throws where the pattern is none of an EAN-13. */
function readEan13(modules: string): string {
  const digits = (from: number) =>
    Array.from({ length: 6 }, (_, index) => modules.slice(from + index * 7, from + index * 7 + 7));
  const left = digits(3).map((pattern) => ({
    set: setA.includes(pattern) ? "A" : "B",
    digit: setA.includes(pattern) ? setA.indexOf(pattern) : setB.indexOf(pattern),
  }));
  const right = digits(50).map((pattern) => setC.indexOf(pattern));
  const first = firstDigits.indexOf(left.map(({ set }) => set).join(""));
  const read = [first, ...left.map(({ digit }) => digit), ...right];
  const isFramed = modules.startsWith("101") && modules.slice(45, 50) === "01010" && modules.endsWith("101");
  if (modules.length !== 95 || !isFramed || read.includes(-1)) throw new Error(`no EAN-13: ${modules}`);
  return read.join("");
}

/** GS1 General Specifications §5.3.2.1: which of the five elements of each digit are wide. */
const widths = ["NNWWN", "WNNNW", "NWNNW", "WWNNN", "NNWNW", "WNWNN", "NWWNN", "NNNWW", "WNNWN", "NWNWN"];

/** As a scanner reads it, by narrow and wide; throws where the pattern is none of an ITF-14. */
function readItf14({ bars }: Barcode): string {
  const elements = bars.flatMap(({ at, width }, index) => {
    const next = bars[index + 1];
    return next === undefined ? [width] : [width, next.at - at - width];
  });
  const letters = elements.map((size) => (size === 1 ? "N" : size === 2.5 ? "W" : "?")).join("");
  const pairs = letters.slice(4, -3).match(/.{10}/g) ?? [];
  const every = (pair: string, start: number) => [...pair].filter((_, index) => index % 2 === start).join("");
  const read = pairs.flatMap((pair) => [widths.indexOf(every(pair, 0)), widths.indexOf(every(pair, 1))]);
  if (!letters.startsWith("NNNN") || !letters.endsWith("WNN") || read.length !== 14 || read.includes(-1)) {
    throw new Error(`no ITF-14: ${letters}`);
  }
  return read.join("");
}

const withCheckDigit = (digits: string): string => {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

describe("barcodes", () => {
  it("of GTINs are EAN-13, and read as what they are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{11}$/), (digits) => {
        const gtin = withCheckDigit(digits);
        const barcode = make(codeOf({ gtin, sku: "x" }));
        expect(barcode?.symbology).toBe("ean13");
        if (barcode !== null) expect(readEan13(modulesOf(barcode))).toBe(gtin);
      }),
      { numRuns: 60 },
    );
  });

  it("of a UPC-A read as the EAN-13 that tills know it by", () => {
    const barcode = make(codeOf({ gtin: "036000291452", sku: "x" }));
    expect(barcode === null ? null : readEan13(modulesOf(barcode))).toBe("0036000291452");
  });

  it("of cases are ITF-14, and read as what they are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{12}$/), (digits) => {
        const gtin = `${digits}${checkDigitOf(digits)}`;
        const barcode = make(codeOf({ gtin, sku: "x" }));
        expect(barcode).toMatchObject({ symbology: "itf14", modules: 120.5, quiet: { before: 10, after: 10 } });
        if (barcode !== null) expect(readItf14(barcode)).toBe(gtin);
      }),
      { numRuns: 60 },
    );
  });

  it("of a single piece written with 14 digits are the EAN-13 that tills know it by", () => {
    expect(codeOf({ gtin: "07790895000997", sku: "x" })).toEqual({ symbology: "ean13", text: "7790895000997" });
  });

  it("of products without a GTIN are their SKU in Code 128", () => {
    const barcode = make(codeOf({ gtin: null, sku: "yerba-500g" }));
    expect(barcode).toMatchObject({ symbology: "code128", text: "yerba-500g", quiet: { before: 10, after: 10 } });
    // Start, ten letters, check sum: 11 modules each; and the stop's 13.
    expect(barcode?.modules).toBeGreaterThanOrEqual(11 * 11 + 13);
  });

  it("are none for what cannot be written", () => {
    expect(make({ symbology: "ean13", text: "7791234567891" })).toBeNull();
    expect(make({ symbology: "itf14", text: "17791234567891" })).toBeNull();
    expect(make(codeOf({ gtin: null, sku: "日本" }))).toBeNull();
  });

  it("are whole dots wide on a thermal printer, and none at all where they could not be read", () => {
    const barcode = make(codeOf({ gtin: "7790895000997", sku: "x" }));
    expect(barcode).not.toBeNull();
    if (barcode === null) return;
    expect(moduleWidth(barcode, 48, 0.125)).toBe(0.375);
    expect(moduleWidth(barcode, 59.5)).toBe(0.45);
    expect(moduleWidth(barcode, 35.1)).toBe(0.31);
    expect(moduleWidth(barcode, 25)).toBeNull();
  });

  it("of cases have modules of which two and a half are whole dots", () => {
    const barcode = make(codeOf({ gtin: `1779089500099${checkDigitOf("1779089500099")}`, sku: "x" }));
    expect(barcode).not.toBeNull();
    if (barcode === null) return;
    expect(moduleWidth(barcode, 72, 0.125)).toBe(0.5);
    expect(moduleWidth(barcode, 48, 0.125)).toBe(0.25);
    expect(moduleWidth(barcode, 59.5)).toBe(0.423);
    expect(moduleWidth(barcode, 35)).toBeNull();
  });
});
