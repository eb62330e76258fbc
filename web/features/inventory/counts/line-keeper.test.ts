import { expect, it } from "vitest";
import type { CountLine } from "./count-line.ts";
import { lineKeeper } from "./line-keeper.ts";

const line = (counted: string): CountLine => ({
  productId: "p",
  sku: "te-1",
  gtin: null,
  name: "Té en hebras",
  unit: "unit",
  price: "10",
  currency: "ARS",
  unitCost: null,
  expected: "10",
  position: 4,
  counted,
  moved: null,
});

/** Writes when it is told to, and remembers what it was given. */
function slowStore() {
  const kept = new Map<number, string | null>();
  const sizes: number[] = [];
  const errors: unknown[] = [];
  let refusal: Error | null = null;
  const keeper = lineKeeper(
    async (lines) => {
      await Promise.resolve();
      if (refusal !== null) throw refusal;
      sizes.push(lines.length);
      for (const { order, line: written } of lines) kept.set(order, written.counted);
    },
    (error) => errors.push(error),
  );
  const refuse = (error: Error | null) => {
    refusal = error;
  };
  return { keeper, kept, sizes, errors, refuse };
}

const all = (count: number, counted: string) =>
  new Map(Array.from({ length: count }, (_, order) => [order, line(counted)]));

it("thousands of lines are written some at a time, all of them", async () => {
  const { keeper, kept, sizes } = slowStore();
  keeper.keep(all(1_100, "0"));
  await keeper.idle();
  expect(sizes).toEqual([250, 250, 250, 250, 100]);
  expect(kept.size).toBe(1_100);
});

it("what is changed again before its turn, or after it, stays as it was changed last", async () => {
  const { keeper, kept } = slowStore();
  keeper.keep(all(600, "0"));
  keeper.keep(new Map([[3, line("7")]]));
  keeper.keep(new Map([[599, line("8")]]));
  await keeper.idle();
  expect([kept.get(3), kept.get(4), kept.get(599)]).toEqual(["7", "0", "8"]);
});

it("what could not be written is told, and what comes after it is written", async () => {
  const { keeper, kept, errors, refuse } = slowStore();
  const full = new Error("the disk is full");
  refuse(full);
  keeper.keep(all(1, "1"));
  await keeper.idle();
  expect(errors).toEqual([full]);
  refuse(null);
  keeper.keep(new Map([[1, line("2")]]));
  await keeper.idle();
  expect([...kept]).toEqual([[1, "2"]]);
});
