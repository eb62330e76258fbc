import { describe, expect, it } from "vitest";
import { csvDecimal, readCsv } from "./read-csv.ts";
import { csvLines } from "./write-csv.ts";

const read = (text: string | Uint8Array, rowsMax = 100) =>
  readCsv(typeof text === "string" ? new TextEncoder().encode(text) : text, {
    known: ["sku", "name", "price"],
    required: ["sku"],
    rowsMax,
  });

describe("readCsv", () => {
  it("reads a spreadsheet's file: byte order mark, semicolons, quotes, line breaks in cells, short rows", () => {
    const table = read('\uFEFFSKU;Name;price\r\na1;"Yerba; ""suave""\nfina";12,50\r\n\r\na2\r\n');
    expect(table.delimiter).toBe(";");
    expect(table.rows.map(({ cells }) => Object.fromEntries(cells))).toEqual([
      { sku: "a1", name: 'Yerba; "suave"\nfina', price: "12,50" },
      { sku: "a2", name: "", price: "" },
    ]);
  });

  it("tells the line of each row, as an editor counts them", () => {
    expect(read("sku,name\na,1\n\nb,2\n").rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each([
    ["", /empty/],
    ["name\nx", /columns/],
    ["sku,colour\na,red", /columns/],
    ["sku,sku\na,b", /columns/],
    ['sku\n"open', /well-formed/],
    [new Uint8Array([0x73, 0x6b, 0x75, 0x0a, 0xff, 0xfe]), /UTF-8/],
  ])("refuses %j with the reason", (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  it("refuses more rows than allowed", () => {
    expect(() => read("sku\na\nb\nc", 2)).toThrow(/3 rows/);
  });
});

describe("csvDecimal", () => {
  it("reads the comma as the decimal mark where semicolons separate", () => {
    expect(csvDecimal("1.234,50", ";")).toBe("1234.50");
    expect(csvDecimal("12.5", ";")).toBe("12.5");
    expect(csvDecimal("12.5", ",")).toBe("12.5");
  });
});

describe("csvLines", () => {
  it("makes text of what a spreadsheet would run", () => {
    expect(csvLines([["=1+1", "+x", "-y", "@z", "fine", null]], ",")).toBe("'=1+1,'+x,'-y,'@z,fine,\r\n");
  });

  it("quotes the delimiter, quotes and line breaks", () => {
    expect(csvLines([["a;b", 'say "hi"', "two\nlines"]], ";")).toBe('"a;b";"say ""hi""";"two\nlines"\r\n');
  });
});
