import { expect, it } from "vitest";
import { csvText } from "./csv-text.ts";

it("begins with a byte order mark and ends each line as RFC 4180 wants it", () => {
  expect(
    csvText(
      [
        ["a", "b"],
        ["1", null],
      ],
      ";",
    ),
  ).toBe("\uFEFFa;b\r\n1;\r\n");
});

it("quotes what would end a cell or a line", () => {
  expect(csvText([["a;b", 'say "x"', "two\nlines", "a,b"]], ";")).toBe('\uFEFF"a;b";"say ""x""";"two\nlines";a,b\r\n');
});

it("keeps a text from being a formula, and a negative number as it is", () => {
  expect(csvText([["=1+1", "@cmd", "-2+3", "-2,5"]], ";")).toBe("\uFEFF'=1+1;'@cmd;'-2+3;-2,5\r\n");
});
