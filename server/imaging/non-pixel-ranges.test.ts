import fc from "fast-check";
import { expect, it } from "vitest";
import { sniffImageType } from "./magic-bytes.ts";
import { nonPixelRanges } from "./non-pixel-ranges.ts";

const beginnings = ["\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF89a", "RIFF\xff\0\0\0WEBP", "\0\0\0\x14ftypavif"];

it("whatever follows the first bytes, the ranges are in order, inside the file, and never overlap", () => {
  const garbage = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), garbage, (beginning, rest) => {
      const bytes = Buffer.concat([Buffer.from(beginning, "latin1"), rest]);
      let last = 0;
      for (const { start, end } of nonPixelRanges(bytes, sniffImageType(bytes).mimeType)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 2000 },
  );
});

it("a file made of nothing but tiny parts gives a bounded number of ranges", () => {
  const scan = Buffer.from([0xff, 0xda, 0, 2, 1]);
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8]), ...Array.from({ length: 100_000 }, () => scan)]);
  expect(nonPixelRanges(bytes, "image/jpeg").length).toBeLessThanOrEqual(10_000);
});
