import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { code, Stock } from "./stock.testing.ts";

let testing: TestDatabase;
let stock: Stock;

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
});

afterAll(async () => testing.drop());

const places = [0, 1] as const;

/** Two products at two locations, what is held of them, and what was answered under which key. */
class Model {
  readonly onHand = new Map<string, number>();
  readonly holds = new Map<string, { lines: Map<string, number>; state: string; isOverdue: boolean }>();
  readonly answers = new Map<string, { readonly lines: string; readonly id: string }>();

  reserved(level: string): number {
    return [...this.holds.values()]
      .filter(({ state }) => state === "active")
      .reduce((sum, { lines }) => sum + (lines.get(level) ?? 0), 0);
  }

  free(level: string): number {
    return (this.onHand.get(level) ?? 0) - this.reserved(level);
  }

  add(level: string, delta: number): void {
    this.onHand.set(level, (this.onHand.get(level) ?? 0) + delta);
  }

  active(which: number): string | undefined {
    const ids = [...this.holds].filter(([, { state }]) => state === "active").map(([id]) => id);
    return ids[which % Math.max(1, ids.length)];
  }
}

interface Real {
  readonly products: readonly string[];
  readonly locations: readonly string[];
}

type Command = fc.AsyncCommand<Model, Real>;
type Wanted = readonly { readonly product: 0 | 1; readonly location: 0 | 1; readonly quantity: number }[];

const levelOf = (line: { readonly product: number; readonly location: number }) => `${line.product} ${line.location}`;

const linesOf = (real: Real, wanted: Wanted) =>
  wanted.map(({ product, location, quantity }) => ({
    productId: real.products[product] ?? "",
    locationId: real.locations[location] ?? "",
    quantity,
  }));

function summed(wanted: Wanted): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of wanted) sums.set(levelOf(line), (sums.get(levelOf(line)) ?? 0) + line.quantity);
  return sums;
}

async function expectAgreement(model: Model, real: Real): Promise<void> {
  for (const product of places) {
    for (const location of places) {
      const level = await stock.level(real.products[product] ?? "", real.locations[location] ?? "");
      const name = levelOf({ product, location });
      expect(level, name).toMatchObject({ on_hand: model.onHand.get(name) ?? 0, reserved: model.reserved(name) });
    }
  }
  expect(await stock.discrepancies()).toEqual([]);
}

/** "done", or the SQLSTATE of the refusal. */
const resultOf = async (work: Promise<unknown>): Promise<string> => work.then(() => "done", code);

const reserve = (wanted: Wanted, keyNumber: number, inBatch: boolean): Command => ({
  check: () => true,
  run: async (model, real) => {
    const key = `${real.products[0]}-${keyNumber}`;
    const lines = linesOf(real, wanted);
    const sums = summed(wanted);
    const written = JSON.stringify([...sums].toSorted());
    const by = await stock.value<string>("select session_user::text as value");
    const ask = async () =>
      inBatch ? (await stock.reserveBatch([{ key, lines, by }]))[0] : stock.reserve(lines, { key });
    let outcome = await ask().catch(code);
    // A batch leaves it to the single call to end holds.
    if (typeof outcome === "object" && outcome.outcome === "deferred") {
      outcome = await stock.reserve(lines, { key }).catch(code);
    }
    const result = typeof outcome === "object" ? outcome.outcome : outcome;
    const before = model.answers.get(key);
    if (before !== undefined) {
      const isSame = before.lines === written;
      expect(["IV003", "key_reused", "replayed"]).toContain(result);
      expect(result === "replayed").toBe(isSame);
      if (isSame) expect(outcome).toMatchObject({ id: before.id });
      return expectAgreement(model, real);
    }
    const isShort = () => [...sums].some(([level, quantity]) => model.free(level) < quantity);
    if (isShort()) {
      const inTheWay = [...model.holds.values()].filter(
        ({ state, isOverdue, lines: held }) =>
          state === "active" && isOverdue && [...sums.keys()].some((at) => held.has(at)),
      );
      for (const hold of inTheWay) hold.state = "expired";
      if (isShort()) {
        for (const hold of inTheWay) hold.state = "active";
        expect(["IV001", "refused"]).toContain(result);
        return expectAgreement(model, real);
      }
    }
    expect(result).toBe("created");
    if (typeof outcome !== "object") return undefined;
    model.holds.set(outcome.id, { lines: sums, state: "active", isOverdue: false });
    model.answers.set(key, { lines: written, id: outcome.id });
    return expectAgreement(model, real);
  },
  toString: () => `reserve(${JSON.stringify(wanted)}, key ${keyNumber}${inBatch ? ", batch" : ""})`,
});

const close = (which: number, act: "confirm" | "cancel"): Command => ({
  check: (model) => model.active(which) !== undefined,
  run: async (model, real) => {
    const id = model.active(which) ?? "";
    const hold = model.holds.get(id);
    const result = await resultOf(act === "confirm" ? stock.confirm(id) : stock.cancel(id));
    if (hold?.isOverdue === true && act === "confirm") expect(result).toBe("IV002");
    else if (hold !== undefined) {
      expect(result).toBe("done");
      hold.state = act === "confirm" ? "confirmed" : "cancelled";
      if (act === "confirm") for (const [level, quantity] of hold.lines) model.add(level, -quantity);
    }
    expect(["IV002", "P0002", "done"]).toContain(await resultOf(stock.confirm(randomUUID())));
    await expectAgreement(model, real);
  },
  toString: () => `${act}(${which})`,
});

const passTime = (which: number): Command => ({
  check: (model) => model.active(which) !== undefined,
  run: async (model) => {
    const id = model.active(which) ?? "";
    await stock.makeOverdue(id);
    const hold = model.holds.get(id);
    if (hold !== undefined) hold.isOverdue = true;
  },
  toString: () => `passTime(${which})`,
});

const expire: Command = {
  check: () => true,
  run: async (model, real) => {
    const overdue = [...model.holds.values()].filter(({ state, isOverdue }) => state === "active" && isOverdue);
    expect(await stock.expire()).toBe(overdue.length);
    for (const hold of overdue) hold.state = "expired";
    await expectAgreement(model, real);
  },
  toString: () => "expire",
};

const move = (type: "entry" | "exit", wanted: Wanted, lot: string | null): Command => ({
  check: () => true,
  run: async (model, real) => {
    const sign = type === "entry" ? 1 : -1;
    const lines = linesOf(real, wanted).map((line) => (type === "entry" && lot !== null ? { ...line, lot } : line));
    const result = await resultOf(stock.move(type, lines));
    const sums = summed(wanted);
    const isShort = type === "exit" && [...sums].some(([level, quantity]) => model.free(level) < quantity);
    expect(result).toBe(isShort ? "IV001" : "done");
    if (!isShort) for (const [level, quantity] of sums) model.add(level, sign * quantity);
    await expectAgreement(model, real);
  },
  toString: () => `${type}(${JSON.stringify(wanted)})`,
});

const transfer = (product: 0 | 1, from: 0 | 1, quantity: number): Command => ({
  check: () => true,
  run: async (model, real) => {
    const to = from === 0 ? 1 : 0;
    const result = await resultOf(
      stock.transfer(real.locations[from] ?? "", real.locations[to] ?? "", [
        { productId: real.products[product] ?? "", quantity },
      ]),
    );
    const isShort = model.free(levelOf({ product, location: from })) < quantity;
    expect(result).toBe(isShort ? "IV001" : "done");
    if (!isShort) {
      model.add(levelOf({ product, location: from }), -quantity);
      model.add(levelOf({ product, location: to }), quantity);
    }
    await expectAgreement(model, real);
  },
  toString: () => `transfer(${product}, from ${from}, ${quantity})`,
});

const place = fc.constantFrom(...places);
const wanted: fc.Arbitrary<Wanted> = fc.array(
  fc.record({ product: place, location: place, quantity: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 3 },
);

test("any sequence of moves, holds and their ends leaves the books that the model says, at every commit", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [
          fc.tuple(wanted, fc.nat(5), fc.boolean()).map(([lines, key, inBatch]) => reserve(lines, key, inBatch)),
          fc.tuple(fc.nat(4), fc.constantFrom("confirm" as const, "cancel" as const)).map(([n, act]) => close(n, act)),
          fc.nat(4).map(passTime),
          fc.constant(expire),
          fc
            .tuple(
              fc.constantFrom("entry" as const, "entry" as const, "exit" as const),
              wanted,
              fc.option(fc.constant("L")),
            )
            .map(([type, lines, lot]) => move(type, lines, lot)),
          fc.tuple(place, place, fc.integer({ min: 1, max: 4 })).map(([p, from, n]) => transfer(p, from, n)),
        ],
        { maxCommands: 30 },
      ),
      async (commands) => {
        const real = {
          products: [await stock.createProduct(), await stock.createProduct()],
          locations: [await stock.createLocation(), await stock.createLocation()],
        };
        // What another sequence left overdue is none of this one's.
        await stock.expire();
        await fc.asyncModelRun(() => ({ model: new Model(), real }), commands);
      },
    ),
    { numRuns: 40 },
  );
}, 90_000);
