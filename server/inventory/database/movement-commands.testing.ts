import fc from "fast-check";
import { expect } from "vitest";
import { code } from "./stock.testing.ts";
import {
  both,
  expectAgreement,
  levelOf,
  linesOf,
  type Model,
  type StockCommand,
  summed,
  type Wanted,
  type Which,
} from "./stock-model.testing.ts";

/** The one lot of the model: with no date, so that it is taken from first of all. */
const lot = "L";

const isId = (result: string): boolean => result.length === 36;

export const move = (type: "entry" | "exit", wanted: Wanted, isOfLot: boolean): StockCommand => ({
  check: () => true,
  run: async (model, real) => {
    const given = linesOf(real, wanted).map((line) => (type === "entry" && isOfLot ? { ...line, lot } : line));
    const result = await real.stock.move(type, given).catch(code);
    const isRefused = type === "exit" && model.isShort(summed(wanted));
    if (isRefused) expect(result).toBe("IV001");
    else {
      expect(result).toSatisfy(isId);
      const moved = wanted.flatMap((line) => {
        const level = levelOf(line);
        const parts =
          type === "entry" ? [{ level, isOfLot, delta: line.quantity }] : model.outflow(level, line.quantity);
        model.move(parts);
        return parts;
      });
      model.book(result, moved);
    }
    await expectAgreement(model, real);
  },
  toString: () => `${type}(${JSON.stringify(wanted)}${isOfLot ? ", of the lot" : ""})`,
});

/** The total of a product stays what it was, and what is of a lot stays of it. */
export const transfer = (product: Which, from: Which, quantity: number): StockCommand => ({
  check: () => true,
  run: async (model, real) => {
    const to: Which = from === 0 ? 1 : 0;
    const [source, target] = [levelOf({ product, location: from }), levelOf({ product, location: to })];
    const total = model.onHand(source) + model.onHand(target);
    const result = await real.stock
      .transfer(real.locations[from], real.locations[to], [{ productId: real.products[product], quantity }])
      .catch(code);
    if (model.free(source) < quantity) expect(result).toBe("IV001");
    else {
      expect(result).toSatisfy(isId);
      const moved = model
        .outflow(source, quantity)
        .flatMap((part) => [part, { ...part, level: target, delta: -part.delta }]);
      model.move(moved);
      model.book(result, moved);
    }
    expect(model.onHand(source) + model.onHand(target)).toBe(total);
    await expectAgreement(model, real);
  },
  toString: () => `transfer(${product}, from ${from}, ${quantity})`,
});

/** Compare-and-set: from a position that is not the level's any more, nothing of the count is taken. */
export const count = (location: Which, counted: readonly number[], isOutdated: boolean): StockCommand => ({
  check: () => true,
  run: async (model, real) => {
    const lines = both.slice(0, counted.length).map((product) => {
      const level = levelOf({ product, location });
      return { product, level, counted: counted[product] ?? 0, from: model.level(level).position };
    });
    const given = lines.map((line, index) => ({
      productId: real.products[line.product],
      counted: line.counted,
      countedFrom: line.from + (isOutdated && index === 0 ? 1 : 0),
    }));
    const result = await real.stock.count(real.locations[location], given).catch(code);
    const isTooLow = lines.some(({ level, counted: amount }) => amount < model.reserved(level));
    if (isOutdated) expect(result).toBe("IV004");
    else if (isTooLow) expect(result).toBe("IV001");
    else {
      expect(result).toSatisfy(isId);
      const moved = lines.flatMap(({ level, counted: amount }) => {
        const variance = amount - model.onHand(level);
        return variance > 0 ? [{ level, isOfLot: false, delta: variance }] : model.outflow(level, -variance);
      });
      model.move(moved);
      model.book(result, moved);
      for (const line of lines) expect(model.onHand(line.level)).toBe(line.counted);
    }
    await expectAgreement(model, real);
  },
  toString: () => `count(${location}, ${JSON.stringify(counted)}${isOutdated ? ", outdated" : ""})`,
});

/** Of any document, undone ones and undoings too: once, to where each part came from, and never what is reserved. */
export const undo = (drawn: number): StockCommand => ({
  check: (model) => model.documents.size > 0,
  run: async (model, real) => {
    const [id, document] = model.pick(model.documents, drawn) ?? ["", { movements: [], isFinal: true }];
    const result = await real.stock.undo(id).catch(code);
    const back = document.movements.map((part) => ({ ...part, delta: -part.delta }));
    if (document.isFinal) expect(result).toBe("IV008");
    else if (!canMove(model, back)) expect(result).toBe("IV001");
    else {
      expect(result).toSatisfy(isId);
      model.move(back);
      document.isFinal = true;
      model.book(result, back, { isFinal: true });
      const moved = await real.stock.movements(result);
      expect(moved.every(({ undoes }) => undoes !== null)).toBe(true);
    }
    await expectAgreement(model, real);
  },
  toString: () => `undo(${drawn})`,
});

/** Whether there is enough: free of each level, and of each part of it, since a lot's go back to the lot. */
function canMove(model: Model, parts: readonly { level: string; isOfLot: boolean; delta: number }[]): boolean {
  const sumOf = (level: string, isOfLot?: boolean) =>
    parts
      .filter((part) => part.level === level && (isOfLot === undefined || part.isOfLot === isOfLot))
      .reduce((sum, { delta }) => sum + delta, 0);
  return parts.every(({ level }) => {
    const { lot: ofLot, loose } = model.level(level);
    return model.free(level) + sumOf(level) >= 0 && ofLot + sumOf(level, true) >= 0 && loose + sumOf(level, false) >= 0;
  });
}

export const movementCommands = (
  wanted: fc.Arbitrary<Wanted>,
  which: fc.Arbitrary<Which>,
): fc.Arbitrary<StockCommand>[] => [
  fc.tuple(wanted, fc.boolean()).map(([lines, isOfLot]) => move("entry", lines, isOfLot)),
  wanted.map((lines) => move("exit", lines, false)),
  fc.tuple(which, which, fc.integer({ min: 1, max: 4 })).map(([product, from, n]) => transfer(product, from, n)),
  fc
    .tuple(which, fc.array(fc.nat(9), { minLength: 1, maxLength: 2 }), fc.constantFrom(false, false, true))
    .map(([location, counted, isOutdated]) => count(location, counted, isOutdated)),
  fc.nat(15).map(undo),
];
