import { describe, expect, it } from "vitest";
import { gtin14 } from "./check-digit.ts";
import { groupSeparator } from "./gs1-elements.ts";
import { gs1IssuerOf } from "./gs1-prefix.ts";
import { scaleLabelOf } from "./scale-label.ts";
import { readCode } from "./scanned-code.ts";

describe("a code", () => {
  it("is a GTIN when its check digit is right, in each of its lengths", () => {
    for (const gtin of ["77908957", "036000291452", "7790895000997", "17790895000994"]) {
      expect(readCode(gtin)).toMatchObject({ gtin, isMisread: false });
    }
    expect(gtin14("036000291452")).toBe(gtin14("0036000291452"));
  });

  it("of that length with another check digit is misread; of other lengths it is somebody's own", () => {
    expect(readCode("7790895000998")).toMatchObject({ gtin: null, isMisread: true });
    expect(readCode("SKU-0042")).toMatchObject({ text: "SKU-0042", gtin: null, isMisread: false });
    expect(readCode("100045")).toMatchObject({ gtin: null, isMisread: false });
  });

  it("of a scale holds the article and its weight or price", () => {
    expect(scaleLabelOf("2012345003507")).toEqual({
      measure: "weight",
      codes: ["2012345", "12345", "12345"],
      value: "0.35",
    });
    expect(scaleLabelOf("2700042012501")).toMatchObject({
      measure: "price",
      value: "12.5",
      codes: ["2700042", "00042", "42"],
    });
    // Misread, or no code of a scale at all.
    expect(scaleLabelOf("2012345003508")).toBeNull();
    expect(scaleLabelOf("7790895000997")).toBeNull();
  });

  it("loses the mark that some scanners put first", () => {
    expect(readCode("]E07790895000997")).toMatchObject({ text: "7790895000997", gtin: "7790895000997" });
  });
});

describe("GS1 elements", () => {
  it("say product, lot, until when, and how much", () => {
    const text = `]C1010779089500099717261231310300125010A-77${groupSeparator}3712`;
    expect(readCode(text)).toMatchObject({
      text: "07790895000997",
      gtin: "07790895000997",
      expiresOn: "2026-12-31",
      weight: "1.25",
      lot: "A-77",
      count: "12",
    });
  });

  it("are known without a mark by their first one, and day 00 is the last of the month", () => {
    expect(readCode("01077908950009971527020010L1")).toMatchObject({ expiresOn: "2027-02-28", lot: "L1" });
  });

  it("end where they make no sense, and keep what was read before", () => {
    expect(readCode("]C101077908950009971713")).toMatchObject({ gtin: "07790895000997", expiresOn: null });
    expect(readCode("]C10107790895000997172699991")).toMatchObject({ expiresOn: null });
    expect(readCode("]C1ZZ")).toMatchObject({ text: "ZZ", gtin: null });
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
