import fc from "fast-check";
import { expect, it } from "vitest";
import { baseUnitOf, fittedLetters } from "./label-text.ts";

const range = { smallest: 1.8, largest: 4 };

it("a name is as large as its box allows, and never larger for being longer", () => {
  const box = { width: 59.5, height: 8 };
  expect(fittedLetters("Té", box, range)).toBe(4);
  expect(fittedLetters("Café en grano de Minas Gerais, tostado en la casa y molido a pedido", box, range)).toBeLessThan(
    3,
  );
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 12 }), fc.string(), (words, more) => {
      const size = fittedLetters(words.join(" "), box, range);
      expect(size).toBeGreaterThanOrEqual(range.smallest);
      expect(size).toBeLessThanOrEqual(range.largest);
      expect(fittedLetters([...words, more].join(" "), box, range)).toBeLessThanOrEqual(size);
    }),
  );
});

it("what is measured is compared by the kilo, the litre, the metre; what is counted is not", () => {
  expect(baseUnitOf("g")).toEqual({ unit: "kg", times: "1000" });
  expect(baseUnitOf("ml")).toEqual({ unit: "l", times: "1000" });
  expect(baseUnitOf("kg")).toEqual({ unit: "kg", times: "1" });
  expect(baseUnitOf("unit")).toBeNull();
  expect(baseUnitOf("pack")).toBeNull();
});
