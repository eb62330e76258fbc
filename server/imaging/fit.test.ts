import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { centredOnWhite, fittedSize } from "./fit.ts";
import { variants } from "./variants.ts";

const length = fc.integer({ min: 1, max: 20_000 });

describe("a photo of any size", () => {
  it("fits its box, is never enlarged, keeps its shape and fills one side of the box when it is larger", () => {
    fc.assert(
      fc.property(length, length, fc.constantFrom(...variants), (width, height, box) => {
        const fitted = fittedSize({ width, height }, box);
        expect(fitted.width).toBeGreaterThanOrEqual(1);
        expect(fitted.height).toBeGreaterThanOrEqual(1);
        expect(fitted.width).toBeLessThanOrEqual(Math.min(width, box.width));
        expect(fitted.height).toBeLessThanOrEqual(Math.min(height, box.height));
        if (width > box.width || height > box.height) {
          expect(fitted.width === box.width || fitted.height === box.height).toBe(true);
        } else {
          expect(fitted).toEqual({ width, height });
        }
        const scale = Math.min(1, box.width / width, box.height / height);
        expect(Math.abs(fitted.width - width * scale)).toBeLessThan(1);
        expect(Math.abs(fitted.height - height * scale)).toBeLessThan(1);
      }),
    );
  });

  it("lies in the middle of a white canvas, whole", () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, side, side, (width, height, right, below) => {
        const box = { width: width + right - 1, height: height + below - 1 };
        const canvas = centredOnWhite({ width, height, pixels: Buffer.alloc(width * height * 3, 9) }, box);
        expect(canvas.pixels.length).toBe(box.width * box.height * 3);
        for (let y = 0; y < box.height; y += 1) {
          for (let x = 0; x < box.width; x += 1) {
            const left = Math.floor((box.width - width) / 2);
            const top = Math.floor((box.height - height) / 2);
            const isInside = x >= left && x < left + width && y >= top && y < top + height;
            expect(canvas.pixels[(y * box.width + x) * 3]).toBe(isInside ? 9 : 255);
          }
        }
      }),
    );
  });
});
