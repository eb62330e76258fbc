import { describe, expect, it } from "vitest";
import { gtin14, isGtin } from "./check-digit.ts";
import { groupSeparator } from "./gs1-elements.ts";
import { gs1IssuerOf } from "./gs1-prefix.ts";
import { readCode, type ScaleCodes } from "./scanned-code.ts";

const scales: ScaleCodes = { measures: { "20": "weight", "22": "price" }, priceDecimals: 2 };

describe("a code", () => {
  it("is a GTIN when its check digit is right, in each of its lengths", () => {
    for (const gtin of ["77908957", "036000291452", "7790895000997", "17790895000994"]) {
      expect(readCode(gtin, scales)).toMatchObject({ gtin, isMisread: false, scale: null });
    }
    expect(gtin14("036000291452")).toBe(gtin14("0036000291452"));
  });

  it("of that length with another check digit is misread; of other lengths it is somebody's own", () => {
    expect(readCode("7790895000998", scales)).toMatchObject({ gtin: null, isMisread: true });
    expect(readCode("SKU-0042", scales)).toMatchObject({ text: "SKU-0042", gtin: null, isMisread: false });
    expect(readCode("100045", scales)).toMatchObject({ gtin: null, isMisread: false });
  });

  it("of a scale holds the article and its weight or price, as the shop's prefixes say", () => {
    expect(readCode("2012345003507", scales).scale).toEqual({
      measure: "weight",
      base: "2012345000001",
      item: "12345",
      value: "0.35",
      digits: "350",
    });
    expect(readCode("2212345012503", scales).scale).toMatchObject({ measure: "price", value: "12.5", item: "12345" });
    expect(readCode("2212345012503", { ...scales, priceDecimals: 0 }).scale).toMatchObject({ value: "1250" });
    // A prefix that the scales do not use is an ordinary code of the shop's own.
    expect(readCode("2512345003502", scales).scale).toBeNull();
    expect(isGtin("2012345000001")).toBe(true);
  });

  it("loses the mark that some scanners put first", () => {
    expect(readCode("]E07790895000997", scales)).toMatchObject({ text: "7790895000997", gtin: "7790895000997" });
  });
});

describe("GS1 elements", () => {
  it("say product, lot, until when, and how much", () => {
    const text = `]C1010779089500099717261231310300125010A-77${groupSeparator}3712`;
    expect(readCode(text, scales)).toMatchObject({
      gtin: "07790895000997",
      expiresOn: "2026-12-31",
      weight: "1.25",
      lot: "A-77",
      count: "12",
    });
  });

  it("are known without a mark by their first one, and day 00 is the last of the month", () => {
    expect(readCode("01077908950009971527020010L1", scales)).toMatchObject({ expiresOn: "2027-02-28", lot: "L1" });
  });

  it("end where they make no sense, and keep what was read before", () => {
    expect(readCode("]C101077908950009971713", scales)).toMatchObject({ gtin: "07790895000997", expiresOn: null });
    expect(readCode("]C10107790895000997172699991", scales)).toMatchObject({ expiresOn: null });
    expect(readCode("]C1ZZ", scales)).toMatchObject({ text: "ZZ", gtin: null });
  });
});

it("a GTIN's prefix says where its maker is registered, or what it is", () => {
  expect(gs1IssuerOf("7790895000997")).toEqual({ kind: "region", region: "AR", prefix: "779" });
  expect(gs1IssuerOf("17790895000994")).toMatchObject({ region: "AR" });
  expect(gs1IssuerOf("036000291452")).toMatchObject({ region: "US" });
  expect(gs1IssuerOf("2012345003507")).toMatchObject({ kind: "in-store" });
  expect(gs1IssuerOf("9788478884452")).toMatchObject({ kind: "book" });
  expect(gs1IssuerOf("77908957")).toBeNull();
});
