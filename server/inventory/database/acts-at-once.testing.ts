import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { code, type Stock } from "./stock.testing.ts";
import { both, linesOf, newReal, type Real, type Wanted, type Which } from "./stock-model.testing.ts";

const which = fc.constantFrom(...both);
const quantity = fc.integer({ min: 1, max: 3 });
export const anyWanted: fc.Arbitrary<Wanted> = fc.array(fc.record({ product: which, location: which, quantity }), {
  minLength: 1,
  maxLength: 3,
});

export interface Start {
  readonly onHand: readonly number[];
  readonly holds: readonly { readonly wanted: Wanted; readonly life: "long" | "over" | "short" }[];
}

/** What a level has before everything begins, and holds that are long, over, or over within a moment. */
export const anyStart: fc.Arbitrary<Start> = fc.record({
  onHand: fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8), fc.nat(8)),
  holds: fc.array(fc.record({ wanted: anyWanted, life: fc.constantFrom("long", "over", "short") }), { maxLength: 4 }),
});

export type Act =
  | { readonly kind: "reserve"; readonly wanted: Wanted; readonly reference: string | null; readonly inBatch: boolean }
  | { readonly kind: "entry" | "exit"; readonly wanted: Wanted }
  | { readonly kind: "transfer"; readonly product: Which; readonly from: Which; readonly quantity: number }
  | { readonly kind: "count"; readonly product: Which; readonly location: Which; readonly counted: number }
  | { readonly kind: "confirm" | "cancel" | "extend" | "undo"; readonly drawn: number }
  | { readonly kind: "expire" };

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("reserve" as const),
    wanted: anyWanted,
    reference: fc.constantFrom(null, "cart"),
    inBatch: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom("entry" as const, "exit" as const), wanted: anyWanted }),
  fc.record({ kind: fc.constant("transfer" as const), product: which, from: which, quantity }),
  fc.record({ kind: fc.constant("count" as const), product: which, location: which, counted: fc.nat(8) }),
  fc.record({ kind: fc.constantFrom("confirm", "cancel", "extend", "undo"), drawn: fc.nat(7) }),
  fc.record({ kind: fc.constantFrom("confirm", "cancel"), drawn: fc.nat(7) }),
  fc.constant({ kind: "expire" as const }),
);

/** What there is when all begin at once. */
export interface Scene {
  readonly real: Real;
  readonly holds: readonly string[];
  readonly documents: readonly string[];
}

const lasting = { long: "15 minutes", over: "-1 second", short: "4 milliseconds" } as const;

export async function setUp(stock: Stock, { onHand, holds }: Start): Promise<Scene> {
  const real = await newReal(stock);
  const documents: string[] = [];
  for (const [index, amount] of onHand.entries()) {
    const [product, location]: [Which, Which] = [index < 2 ? 0 : 1, index % 2 === 0 ? 0 : 1];
    if (amount > 0) documents.push(await stock.move("entry", linesOf(real, [{ product, location, quantity: amount }])));
  }
  const held: { readonly id: string; readonly lasts: string }[] = [];
  for (const { wanted: lines, life } of holds) {
    const outcome = await stock.reserve(linesOf(real, lines), { reference: "cart" }).catch(code);
    if (typeof outcome === "object") held.push({ id: outcome.id, lasts: lasting[life] });
  }
  await stock.rows(
    `update inventory.reservations set expires_at = clock_timestamp() + given.lasts::interval
     from unnest($1::uuid[], $2::text[]) as given (id, lasts) where reservations.id = given.id`,
    [held.map(({ id }) => id), held.map(({ lasts }) => lasts)],
  );
  return { real, holds: held.map(({ id }) => id), documents };
}

/** Does it; answers the id of what was made or ended; null when a batch refused it. Throws the other refusals. */
export async function perform({ real, holds, documents }: Scene, doing: Act): Promise<string | null> {
  const { stock } = real;
  switch (doing.kind) {
    case "reserve": {
      const { wanted: lines, reference, inBatch } = doing;
      const asked = { key: randomUUID(), lines: linesOf(real, lines), reference };
      if (inBatch) {
        const [outcome] = await stock.reserveBatch([asked]);
        if (outcome?.outcome !== "deferred") return outcome?.id ?? null;
      }
      return (await stock.reserve(asked.lines, { key: asked.key, ...(reference !== null && { reference }) })).id;
    }
    case "entry":
    case "exit":
      return stock.move(doing.kind, linesOf(real, doing.wanted));
    case "transfer": {
      const to: Which = doing.from === 0 ? 1 : 0;
      const line = { productId: real.products[doing.product], quantity: doing.quantity };
      return stock.transfer(real.locations[doing.from], real.locations[to], [line]);
    }
    case "count": {
      const [productId, locationId] = [real.products[doing.product], real.locations[doing.location]];
      const { position } = await stock.level(productId, locationId);
      return stock.count(locationId, [{ productId, counted: doing.counted, countedFrom: position }]);
    }
    case "undo":
      return stock.undo(documents[doing.drawn % documents.length] ?? randomUUID());
    case "expire":
      await stock.expire();
      return "done";
    case "confirm":
    case "cancel":
    case "extend": {
      const id = holds[doing.drawn % holds.length] ?? randomUUID();
      if (doing.kind === "confirm") await stock.confirm(id);
      else if (doing.kind === "cancel") await stock.cancel(id);
      else await stock.extend(id, 900);
      return id;
    }
  }
}
