import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { type Act, anyAct, anyStart, anyWanted, perform, type Scene, setUp } from "./acts-at-once.testing.ts";
import { code, type Movement, Stock } from "./stock.testing.ts";
import { linesOf, newReal, summed } from "./stock-model.testing.ts";

let testing: TestDatabase;
let stock: Stock;

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
});

afterAll(async () => testing.drop());

/** Refusals that anyone may get who is not alone; a deadlock is none of them. */
const refusals = ["IV001", "IV002", "IV004", "IV008", "P0002", "40001"];

interface Done {
  readonly act: Act;
  /** What was made or ended; null: it was refused. */
  readonly id: string | null;
}

/** All at once, while someone looks at every state that anyone could see. */
async function allAtOnce(scene: Scene, acts: readonly Act[]): Promise<readonly Done[]> {
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      expect(await stock.discrepancies()).toEqual([]);
      expect(await stock.unbalancedTransfers()).toEqual([]);
    }
  })();
  const done = await Promise.all(
    acts.map(async (act) => {
      const id = await perform(scene, act).catch((error: unknown) => {
        expect(refusals).toContain(code(error));
        return null;
      });
      return { act, id };
    }),
  ).finally(() => {
    isOver = true;
  });
  await watching;
  return done;
}

/** The ledger has what was answered as done, exactly: no more, no less, nothing twice. */
async function expectLedgerOf({ real, documents }: Scene, done: readonly Done[]): Promise<void> {
  const ledger = await stock.rows<Movement & { readonly product_id: string }>(
    "select * from inventory.movements where product_id = any ($1)",
    [real.products],
  );
  const moved = (id: string | null) => {
    const sums = new Map<string, number>();
    for (const { document_id, product_id, location_id, delta } of ledger) {
      const level = `${product_id} ${location_id}`;
      if (document_id === id) sums.set(level, (sums.get(level) ?? 0) + Number(delta));
    }
    return sums;
  };
  const explained = new Set(documents);
  for (const { act, id } of done) {
    if (id === null) continue;
    if (!["reserve", "cancel", "extend", "expire"].includes(act.kind)) explained.add(id);
    if (act.kind === "entry" || act.kind === "exit") {
      const sign = act.kind === "entry" ? 1 : -1;
      const asked = [...summed(act.wanted)].map(([name, amount]) => [levelIn(real, name), sign * amount] as const);
      expect(moved(id)).toEqual(new Map(asked));
    }
    if (act.kind === "undo") {
      const original = documents[act.drawn % documents.length] ?? "";
      expect(moved(id)).toEqual(new Map([...moved(original)].map(([level, sum]) => [level, -sum])));
    }
  }
  for (const { document_id } of ledger) expect(explained).toContain(document_id);
  const undone = ledger.flatMap(({ undoes }) => (undoes === null ? [] : [undoes]));
  expect(new Set(undone).size).toBe(undone.length);
}

const levelIn = ({ products, locations }: Scene["real"], name: string): string => {
  const [product, location] = name.split(" ");
  return `${products[product === "0" ? 0 : 1]} ${locations[location === "0" ? 0 : 1]}`;
};

/** Each hold ended once at most, as whoever ended it was told; sold is what was confirmed, line by line. */
async function expectHoldsOf({ holds }: Scene, done: readonly Done[]): Promise<void> {
  const made = done.filter(({ act, id }) => act.kind === "reserve" && id !== null).map(({ id }) => id ?? "");
  for (const id of [...holds, ...made]) {
    const ended = done.filter(({ act, id: of }) => of === id && (act.kind === "confirm" || act.kind === "cancel"));
    expect(ended.length).toBeLessThanOrEqual(1);
    const state = await stock.state(id);
    const [end] = ended;
    if (end !== undefined) expect(state).toBe(end.act.kind === "confirm" ? "confirmed" : "cancelled");
    // A cancelled one that nobody cancelled gave way to another of the same cart.
    else expect(state).toBeOneOf(["active", "expired", "cancelled"]);
    const sold = await stock.value<boolean>(
      `select not exists (
         select from (select product_id, location_id, quantity from inventory.reservation_lines
           where reservation_id = $1) as line
         full join (select product_id, location_id, -sum(delta) as quantity from inventory.movements
           where reservation_id = $1 group by product_id, location_id) as sale using (product_id, location_id)
         where line.quantity is distinct from sale.quantity
       ) as value`,
      [id],
    );
    expect(sold).toBe(state === "confirmed");
  }
}

test("whatever is done at once, every commit keeps the books, and what was answered is what was done", async () => {
  await fc.assert(
    fc.asyncProperty(anyStart, fc.array(anyAct, { minLength: 2, maxLength: 14, size: "max" }), async (start, acts) => {
      const scene = await setUp(stock, start);
      const done = await allAtOnce(scene, acts);
      await expectLedgerOf(scene, done);
      await expectHoldsOf(scene, done);
      while ((await stock.expire()) > 0);
      expect(await stock.discrepancies()).toEqual([]);
    }),
    { numRuns: 30, endOnFailure: true },
  );
}, 90_000);

test("one key many times at once, alone and in batches, however its lines are written: one effect, one answer", async () => {
  await fc.assert(
    fc.asyncProperty(anyWanted, fc.array(fc.boolean(), { minLength: 2, maxLength: 12 }), async (wanted, ways) => {
      const real = await newReal(stock);
      await stock.move("entry", linesOf(real, wanted));
      const by = await stock.value<string>("select session_user::text as value");
      const key = randomUUID();
      const spellings = [linesOf(real, wanted), linesOf(real, [...wanted].reverse())];
      const outcomes = await Promise.all(
        ways.map(async (inBatch, index) => {
          const lines = spellings[index % 2] ?? [];
          return inBatch ? (await stock.reserveBatch([{ key, lines, by }]))[0] : stock.reserve(lines, { key });
        }),
      );
      expect(outcomes.filter((outcome) => outcome?.outcome === "created")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome?.outcome === "replayed")).toHaveLength(ways.length - 1);
      expect(new Set(outcomes.map((outcome) => outcome?.id)).size).toBe(1);
      for (const line of linesOf(real, wanted)) {
        const { on_hand, reserved } = await stock.level(line.productId, line.locationId);
        expect(reserved).toBe(on_hand);
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 60_000);
