import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { code, type ReservationOutcome } from "./stock.testing.ts";
import {
  expectAgreement,
  linesOf,
  type Model,
  type Real,
  resultOf,
  type StockCommand,
  summed,
  type Wanted,
} from "./stock-model.testing.ts";

interface Ask {
  readonly wanted: Wanted;
  readonly keyNumber: number;
  readonly reference: string | null;
  readonly inBatch: boolean;
}

/** Alone or in a batch; what a batch leaves for one by one, one by one. */
async function ask({ stock }: Real, key: string, lines: ReturnType<typeof linesOf>, { reference, inBatch }: Ask) {
  const alone = async () => stock.reserve(lines, { key, ...(reference !== null && { reference }) }).catch(code);
  if (!inBatch) return alone();
  const by = await stock.value<string>("select session_user::text as value");
  const [outcome] = await stock.reserveBatch([{ key, lines, by, reference }]);
  return outcome?.outcome === "deferred" ? alone() : outcome;
}

/**
 * What a reservation does to the holds: nothing when there is enough; else overdue ones in its way expire, then its own
 * under the same reference are given up; and nothing at all when that is not enough. Answers whom it supersedes, or null
 * for a refusal.
 */
function makeRoom(model: Model, sums: ReadonlyMap<string, number>, reference: string | null): string[] | null {
  if (!model.isShort(sums)) return [];
  const inTheWay = [...model.holds].filter(
    ([, { state, lines }]) => state === "active" && [...lines.keys()].some((level) => sums.has(level)),
  );
  const overdue = inTheWay.filter(([, { isOverdue }]) => isOverdue);
  const own = inTheWay.filter(([, hold]) => !hold.isOverdue && reference !== null && hold.reference === reference);
  for (const [, hold] of overdue) hold.state = "expired";
  if (!model.isShort(sums)) return [];
  for (const [, hold] of own) hold.state = "cancelled";
  if (!model.isShort(sums)) return own.map(([id]) => id);
  for (const [, hold] of [...overdue, ...own]) hold.state = "active";
  return null;
}

export const reserve = (asking: Ask): StockCommand => ({
  check: () => true,
  run: async (model, real) => {
    const { wanted, keyNumber, reference } = asking;
    const key = `${real.products[0]}-${keyNumber}`;
    const sums = summed(wanted);
    const asked = JSON.stringify([reference, [...sums].toSorted()]);
    const outcome = await ask(real, key, linesOf(real, wanted), asking);
    const result = typeof outcome === "object" ? outcome.outcome : outcome;
    const before = model.answers.get(key);
    if (before !== undefined) {
      if (before.asked === asked) expect(outcome).toEqual({ ...before.outcome, outcome: "replayed" });
      else expect(result).toBeOneOf(["IV003", "key_reused"]);
      return expectAgreement(model, real);
    }
    const superseded = makeRoom(model, sums, reference);
    if (superseded === null) {
      expect(result).toBeOneOf(["IV001", "refused"]);
      return expectAgreement(model, real);
    }
    expect(result).toBe("created");
    if (typeof outcome !== "object") return undefined;
    expect([...(outcome.supersedes ?? [])].toSorted()).toEqual(superseded.toSorted());
    model.holds.set(outcome.id, {
      lines: sums,
      reference,
      state: "active",
      isOverdue: false,
      expiresAt: outcome.expires_at,
    });
    model.answers.set(key, { asked, outcome });
    await expectSameForTheSum(real, key, asking, outcome);
    return expectAgreement(model, real);
  },
  toString: () => `reserve(${JSON.stringify(asking)})`,
});

/** The same lines, summed and the other way round, are the same request. */
async function expectSameForTheSum(real: Real, key: string, asking: Ask, first: ReservationOutcome): Promise<void> {
  const once = new Map(asking.wanted.map((line) => [`${line.product} ${line.location}`, { ...line, quantity: 0 }]));
  for (const { product, location, quantity } of asking.wanted) {
    const line = once.get(`${product} ${location}`);
    if (line !== undefined) line.quantity += quantity;
  }
  const again = await ask(real, key, linesOf(real, [...once.values()].reverse()), asking);
  expect(again).toEqual({ ...first, outcome: "replayed" });
}

/** Of any hold, closed ones too. */
export const close = (drawn: number, act: "confirm" | "cancel"): StockCommand => ({
  check: ({ holds }) => holds.size > 0,
  run: async (model, real) => {
    const [id, hold] = model.pick(model.holds, drawn) ?? [randomUUID(), null];
    const result = await resultOf(act === "confirm" ? real.stock.confirm(id) : real.stock.cancel(id));
    const isPossible = hold?.state === "active" && !(hold.isOverdue && act === "confirm");
    expect(result).toBe(isPossible ? "done" : "IV002");
    if (isPossible && hold !== null) {
      hold.state = act === "confirm" ? "confirmed" : "cancelled";
      if (act === "confirm") {
        const sold = [...hold.lines].flatMap(([level, quantity]) => model.outflow(level, quantity));
        model.move(sold);
        model.book(id, sold);
      }
    }
    await expectAgreement(model, real);
  },
  toString: () => `${act}(${drawn})`,
});

/** Never shortens, and brings nothing back that is over. */
export const extend = (drawn: number, seconds: number): StockCommand => ({
  check: ({ holds }) => holds.size > 0,
  run: async (model, real) => {
    const [id, hold] = model.pick(model.holds, drawn) ?? [randomUUID(), null];
    const result = await resultOf(real.stock.extend(id, seconds));
    expect(result).toBe(hold?.state === "active" && !hold.isOverdue ? "done" : "IV002");
    if (result === "done" && hold !== null) {
      const until = await real.stock.value<Date>(
        "select expires_at as value from inventory.reservations where id = $1",
        [id],
      );
      expect(until.getTime()).toBeGreaterThanOrEqual(hold.expiresAt.getTime());
      hold.expiresAt = until;
    }
    await expectAgreement(model, real);
  },
  toString: () => `extend(${drawn}, ${seconds})`,
});

export const passTime = (drawn: number): StockCommand => ({
  check: ({ holds }) => holds.size > 0,
  run: async (model, { stock }) => {
    const [id, hold] = model.pick(model.holds, drawn) ?? [randomUUID(), null];
    if (hold?.state !== "active") return;
    await stock.makeOverdue(id);
    hold.isOverdue = true;
  },
  toString: () => `passTime(${drawn})`,
});

/** Each is freed once: there is nothing left to free. */
export const expire: StockCommand = {
  check: () => true,
  run: async (model, real) => {
    const overdue = [...model.holds.values()].filter(({ state, isOverdue }) => state === "active" && isOverdue);
    expect(await real.stock.expire()).toBe(overdue.length);
    expect(await real.stock.expire()).toBe(0);
    for (const hold of overdue) hold.state = "expired";
    await expectAgreement(model, real);
  },
  toString: () => "expire",
};

/** Reservations most of all, and keys that come again now and then. */
export function reservationCommands(wanted: fc.Arbitrary<Wanted>): fc.Arbitrary<StockCommand>[] {
  const reserving = fc
    .record({
      wanted,
      keyNumber: fc.nat(40),
      reference: fc.constantFrom(null, "cart", "cart", "order"),
      inBatch: fc.boolean(),
    })
    .map(reserve);
  const closing = fc
    .tuple(fc.nat(7), fc.constantFrom("confirm" as const, "cancel" as const))
    .map(([drawn, act]) => close(drawn, act));
  const extending = fc.tuple(fc.nat(7), fc.constantFrom(60, 7_200)).map(([drawn, seconds]) => extend(drawn, seconds));
  return [reserving, reserving, reserving, closing, extending, fc.nat(7).map(passTime), fc.constant(expire)];
}
