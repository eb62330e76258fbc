import { expect, it } from "vitest";
import { type CountLine, countedAs, foundMore, outdated } from "./count-line.ts";
import { asUncounted, asZero, isUncounted, isZeroed, uncountedOf } from "./uncounted.ts";

const line = (change: Partial<CountLine> = {}): CountLine => ({
  productId: crypto.randomUUID(),
  sku: "te-1",
  gtin: null,
  name: "Té en hebras",
  unit: "unit",
  price: "10",
  currency: "ARS",
  unitCost: "7.5",
  expected: "10",
  position: 4,
  counted: null,
  moved: null,
  ...change,
});

it("what was not counted is told by lines, by unit and at cost", () => {
  const lines = [
    line(),
    line({ expected: "2", unit: "pack" }),
    line({ expected: "0.25", unit: "kg", unitCost: null }),
    line({ expected: "0" }),
    line({ counted: "3" }),
    outdated(line({ counted: "9" }), { expected: "7", position: 6 }),
  ];
  expect(uncountedOf(lines)).toEqual({
    lines: 4,
    amounts: [
      { unit: "unit", amount: "12" },
      { unit: "kg", amount: "0.25" },
    ],
    worth: "90",
    currency: "ARS",
  });
});

it("what is worth something in several currencies has none of its own", () => {
  expect(uncountedOf([line(), line({ currency: "USD" })])).toMatchObject({ worth: "150", currency: null });
});

it("a line put to zero can be put back, to exactly what it was", () => {
  const before = line();
  const zero = asZero(before);
  expect(zero.counted).toBe("0");
  expect([isUncounted(zero), isZeroed(zero)]).toEqual([false, true]);
  expect(asUncounted(zero)).toEqual(before);
});

it("a line put to zero that is counted after all is a counted one", () => {
  const zero = asZero(line());
  for (const counted of [countedAs(zero, "4"), foundMore(zero, "4")]) {
    expect(counted.counted).toBe("4");
    expect([isUncounted(counted), isZeroed(counted)]).toEqual([false, false]);
  }
  expect(isUncounted(countedAs(zero, null))).toBe(true);
  expect(isZeroed(outdated(zero, { expected: "7", position: 6 }))).toBe(false);
});
