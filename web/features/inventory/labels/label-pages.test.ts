import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOf, type LabelFormat, labelFormats, labelsPerPage } from "./label-formats.ts";
import { labelPages } from "./label-pages.ts";

const formats: readonly LabelFormat[] = labelFormats;
const sheets = formats.filter(({ kind }) => kind === "sheet");

describe("label formats", () => {
  it("put every label onto its page, none upon another", () => {
    for (const format of formats) {
      const count = labelsPerPage(format);
      const [page = []] = labelPages(Array.from({ length: count }), format, 1);
      expect(page, format.id).toHaveLength(count);
      for (const { top, left } of page) {
        expect(left, format.id).toBeGreaterThanOrEqual(0);
        expect(top, format.id).toBeGreaterThanOrEqual(0);
        expect(left + format.label.width, format.id).toBeLessThanOrEqual(format.page.width + 0.011);
        expect(top + format.label.height, format.id).toBeLessThanOrEqual(format.page.height + 0.011);
      }
      expect(format.pitch.x).toBeGreaterThanOrEqual(format.label.width);
      expect(format.pitch.y).toBeGreaterThanOrEqual(format.label.height);
    }
  });

  it("have the measures of the makers", () => {
    const measuresOf = (id: string) => {
      const { columns, rows, label, left, top, pitch } = formatOf(id);
      return [columns, rows, label.width, label.height, left, top, pitch.x, pitch.y];
    };
    expect(measuresOf("a4-24")).toEqual([3, 8, 63.5, 33.9, 7.21, 12.9, 66.04, 33.9]);
    expect(measuresOf("a4-21")).toEqual([3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 38.1]);
    expect(measuresOf("a4-24-full")).toEqual([3, 8, 70, 37, 0, 0.5, 70, 37]);
    expect(measuresOf("a4-40")).toEqual([4, 10, 48.5, 25.4, 8, 21.5, 48.5, 25.4]);
    expect(measuresOf("a4-44")).toEqual([4, 11, 48.5, 25.4, 8, 8.8, 48.5, 25.4]);
    expect(measuresOf("a4-65")).toEqual([5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, 21.2]);
  });
});

describe("label pages", () => {
  it("hold every label once and in order, from the place where a used sheet goes on", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sheets),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 80 }),
        (format, count, startAt) => {
          const labels = Array.from({ length: count }, (_, index) => index);
          const pages = labelPages(labels, format, startAt);
          expect(pages.flatMap((page) => page.map(({ label }) => label))).toEqual(labels);
          const first = Math.min(startAt, labelsPerPage(format));
          if (count > 0) expect(pages[0]?.[0]?.place).toBe(first);
          for (const page of pages.slice(1)) expect(page[0]?.place).toBe(1);
          expect(pages).toHaveLength(count === 0 ? 0 : Math.ceil((count + first - 1) / labelsPerPage(format)));
        },
      ),
    );
  });

  it("of a roll are one a label, wherever one would start", () => {
    const [roll] = formats.filter(({ kind }) => kind === "roll");
    expect(roll).toBeDefined();
    if (roll === undefined) return;
    const pages = labelPages(["a", "b"], roll, 7);
    expect(pages.map((page) => page.map(({ label, top, left }) => [label, top, left]))).toEqual([
      [["a", 0, 0]],
      [["b", 0, 0]],
    ]);
  });
});
