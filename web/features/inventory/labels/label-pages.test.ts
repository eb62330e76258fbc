import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LabelFormat, labelFormats, labelsPerPage } from "./label-formats.ts";
import { labelPages } from "./label-pages.ts";

const formats: readonly LabelFormat[] = labelFormats;
const sheets = formats.filter(({ kind }) => kind === "sheet");

describe("label formats", () => {
  it("put every label onto its page, none upon another", () => {
    for (const format of formats) {
      const count = labelsPerPage(format);
      const [page = []] = labelPages(Array.from({ length: count }), format, 1);
      expect(page, format.name).toHaveLength(count);
      for (const { top, left } of page) {
        expect(left, format.name).toBeGreaterThanOrEqual(0);
        expect(top, format.name).toBeGreaterThanOrEqual(0);
        expect(left + format.label.width, format.name).toBeLessThanOrEqual(format.page.width + 0.011);
        expect(top + format.label.height, format.name).toBeLessThanOrEqual(format.page.height + 0.011);
      }
      expect(format.pitch.x).toBeGreaterThanOrEqual(format.label.width);
      expect(format.pitch.y).toBeGreaterThanOrEqual(format.label.height);
    }
  });

  it("have the measures of the makers", () => {
    const l7159 = formats.find(({ name }) => name === "Avery L7159");
    expect(l7159).toMatchObject({ columns: 3, rows: 8, left: 7.21, top: 12.9, pitch: { x: 66.04, y: 33.9 } });
    const l7651 = formats.find(({ name }) => name === "Avery L7651");
    expect(l7651).toMatchObject({ columns: 5, rows: 13, left: 4.75, top: 10.7, pitch: { x: 40.6, y: 21.2 } });
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
