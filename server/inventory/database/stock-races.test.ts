import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Database } from "../../foundation/database/database.ts";
import { openTestDatabase, type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { ReservationBatcher } from "../reservation-batcher.ts";
import type { ReservationOutcome, ReservationRequest } from "../reservations/queries.ts";
import { code, type Line, Stock } from "./stock.testing.ts";

let testing: TestDatabase;
let stock: Stock;
/** As three processes would have them, each with a batcher. */
let processes: readonly { readonly database: Database; readonly batcher: ReservationBatcher }[];

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
  processes = Array.from({ length: 3 }, () => {
    const database = openTestDatabase(testing.url);
    return { database, batcher: new ReservationBatcher(database.db) };
  });
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => {
  for (const { database } of processes) await database.close();
  await testing.drop();
});

const request = (lines: readonly Line[], key: string = randomUUID(), userId = "buyer"): ReservationRequest => ({
  userId,
  role: "sales",
  key,
  lines: lines.map((line) => ({ ...line, quantity: String(line.quantity) })),
  reference: null,
  expiresInSeconds: null,
});

/** Through one of the batchers in turn; a refusal is an outcome, any other error is not. */
async function ask(index: number, asked: ReservationRequest): Promise<ReservationOutcome> {
  const process = processes[index % processes.length];
  if (process === undefined) throw new Error("there are processes");
  return process.batcher.reserve(asked).catch((error: unknown) => {
    if (code(error) === "IV001") return { outcome: "refused", short: [] };
    throw error;
  });
}

const count = (outcomes: readonly ReservationOutcome[], wanted: string) =>
  outcomes.filter(({ outcome }) => outcome === wanted).length;

test("300 buyers of 100 units, by three processes: exactly 100", async () => {
  const item = await stock.createStock(100);
  const outcomes = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => ask(index, request([{ ...item, quantity: 1 }]))),
  );
  expect([count(outcomes, "created"), count(outcomes, "refused")]).toEqual([100, 200]);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 100 });
});

test("one key 100 times at once, by three processes: one effect, one answer", async () => {
  const item = await stock.createStock(1);
  const asked = request([{ ...item, quantity: 1 }]);
  const outcomes = await Promise.all(Array.from({ length: 100 }, async (_, index) => ask(index, asked)));
  expect([count(outcomes, "created"), count(outcomes, "replayed")]).toEqual([1, 99]);
  expect(new Set(outcomes.map((outcome) => "id" in outcome && outcome.id)).size).toBe(1);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 1 });
});

test("a connection killed between commit and answer: the same key tells what was done, also when stock is gone", async () => {
  const item = await stock.createStock(1);
  const key = randomUUID();
  const lines = JSON.stringify([{ ...item, quantity: 1 }]);
  const client = await testing.database.connectDirect("killed");
  // Committed, and the server cuts the connection before the answer is read.
  const cut = client
    .query(
      `do $do$ begin perform inventory.reserve_stock('${key}', '${lines}'); commit;
       perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5); end $do$`,
    )
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(await cut).toBeInstanceOf(Error);
  await client.end().catch(() => undefined);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 1 });
  const user = await stock.value<string>("select session_user::text as value");
  const again = await ask(0, request([{ ...item, quantity: 1 }], key, user));
  expect(again.outcome).toBe("replayed");
  expect((await ask(1, request([{ ...item, quantity: 1 }]))).outcome).toBe("refused");
});

test("carts of five lines in any order, alone and in batches: no deadlock reaches a caller, nothing is oversold", async () => {
  const items = await Promise.all(Array.from({ length: 6 }, async () => stock.createStock(30)));
  const shuffled = () =>
    items
      .toSorted(() => Math.random() - 0.5)
      .slice(0, 5)
      .map((item) => ({ ...item, quantity: 1 }));
  const outcomes = await Promise.all([
    ...Array.from({ length: 90 }, async (_, index) => ask(index, request(shuffled()))),
    ...Array.from({ length: 30 }, async () => {
      const outcome = await stock.reserve(shuffled()).catch((error: unknown) => {
        if (code(error) === "IV001") return null;
        throw error;
      });
      if (outcome !== null) await stock.confirm(outcome.id);
      return { outcome: outcome === null ? "refused" : "created" } as const;
    }),
  ]);
  // 180 units, five a cart; the last few carts may not find five different products.
  const created = outcomes.filter(({ outcome }) => outcome === "created").length;
  expect(created).toBeGreaterThanOrEqual(30);
  expect(created).toBeLessThanOrEqual(36);
});

test("transfers to and fro conserve the total at every moment", async () => {
  const a = await stock.createStock(50);
  const b = await stock.createLocation();
  const { productId, locationId } = a;
  const totals: number[] = [];
  let isDone = false;
  const watch = (async () => {
    while (!isDone) {
      totals.push(
        await stock.value<number>(
          "select sum(on_hand)::float8 as value from inventory.stock_levels where product_id = $1",
          [productId],
        ),
      );
    }
  })();
  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const [from, to] = index % 2 === 0 ? [locationId, b] : [b, locationId];
      await stock.transfer(from, to, [{ productId, quantity: 1 + (index % 3) }]).catch((error: unknown) => {
        expect(code(error)).toBe("IV001");
      });
    }),
  );
  isDone = true;
  await watch;
  expect(new Set(totals)).toEqual(new Set([50]));
});

test("whoever is first, confirming or expiring: a hold is given back once, or sold, never both", async () => {
  for (let round = 0; round < 12; round += 1) {
    const item = await stock.createStock(3);
    const held = await Promise.all([1, 2, 3].map(async () => stock.reserve([{ ...item, quantity: 1 }])));
    await stock.rows(
      "update inventory.reservations set expires_at = clock_timestamp() + interval '3 milliseconds' where id = any ($1)",
      [held.map(({ id }) => id)],
    );
    const confirmed = await Promise.all([
      ...held.map(async ({ id }) =>
        stock.confirm(id).then(
          () => id,
          (error: unknown) => {
            expect(code(error)).toBe("IV002");
            return null;
          },
        ),
      ),
      stock.expire().then(() => null),
      stock.expire().then(() => null),
      stock.reserve([{ ...item, quantity: 3 }]).then(
        () => null,
        (error: unknown) => {
          expect(["IV001", "40001"]).toContain(code(error));
          return null;
        },
      ),
    ]);
    while ((await stock.expire()) > 0);
    const sold = confirmed.filter((id) => id !== null);
    for (const { id } of held) expect(await stock.state(id)).toBe(sold.includes(id) ? "confirmed" : "expired");
    expect(await stock.level(item.productId, item.locationId)).toMatchObject({ on_hand: 3 - sold.length });
    expect(await stock.discrepancies()).toEqual([]);
  }
});

test("batches accept what one by one would have been accepted, in the same order", async () => {
  const build = async () => Promise.all([stock.createStock(7), stock.createStock(5), stock.createStock(9)]);
  const [alone, together] = [await build(), await build()];
  const plan = Array.from({ length: 40 }, () =>
    Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => ({
      which: Math.floor(Math.random() * 3),
      quantity: 1 + Math.floor(Math.random() * 3),
    })),
  );
  const linesOf = (items: readonly { productId: string; locationId: string }[], wanted: (typeof plan)[number]) =>
    wanted.flatMap(({ which, quantity }) => {
      const item = items[which];
      return item === undefined ? [] : [{ ...item, quantity }];
    });
  const oneByOne: string[] = [];
  for (const wanted of plan) {
    oneByOne.push(
      await stock.reserve(linesOf(alone, wanted)).then(
        () => "created",
        () => "refused",
      ),
    );
  }
  const batched = await stock.reserveBatch(
    plan.map((wanted) => ({ key: randomUUID(), lines: linesOf(together, wanted) })),
  );
  expect(batched.map(({ outcome }) => outcome)).toEqual(oneByOne);
});

test("one request that cannot be kept does not take its batch with it", async () => {
  const item = await stock.createStock(10);
  const [process] = processes;
  const asked = Array.from({ length: 5 }, () => request([{ ...item, quantity: 1 }]));
  const bad = { ...request([{ ...item, quantity: 1 }]), reference: "x".repeat(300) };
  const outcomes = await Promise.allSettled(
    [...asked.slice(0, 2), bad, ...asked.slice(2)].map(async (one) => process?.batcher.reserve(one)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
  expect(await stock.level(item.productId, item.locationId)).toMatchObject({ reserved: 5 });
});
