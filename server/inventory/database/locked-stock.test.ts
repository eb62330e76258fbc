import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Problem } from "../../foundation/problem.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { ReservationBatcher } from "../reservation-batcher.ts";
import type { ReservationOutcome, ReservationRequest } from "../reservations/queries.ts";
import { type Line, Stock } from "./stock.testing.ts";

let testing: TestDatabase;
let stock: Stock;

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
});

afterEach(async () => expect(await stock.discrepancies()).toEqual([]));
afterAll(async () => testing.drop());

const request = (lines: readonly Line[], key: string = randomUUID()): ReservationRequest => ({
  userId: "buyer",
  role: "sales",
  key,
  lines: lines.map((line) => ({ ...line, quantity: String(line.quantity) })),
  reference: null,
  expiresInSeconds: null,
});

/** Asks at once, in this order; what was answered so far is in `answered`, by the place in the order. */
function askAll(batcher: ReservationBatcher, requests: readonly ReservationRequest[]) {
  const answered = new Map<number, string>();
  const told = (outcome: ReservationOutcome) => outcome.outcome;
  const refused = (error: unknown) => (error instanceof Problem ? error.code : "failed");
  const answers = requests.map(async (one, place) => {
    const answer = await batcher.reserve(one).then(told, refused);
    answered.set(place, answer);
    return answer;
  });
  return { answered, answers };
}

const placesOf = (count: number, isWanted: (place: number) => boolean) =>
  Array.from({ length: count }, (_, place) => place).filter(isWanted);

test("a level that someone keeps locked holds up those alone who want it, and they keep their order", async () => {
  const [locked, free] = [await stock.createStock(4), await stock.createStock(100)];
  const batcher = new ReservationBatcher(testing.database.db, { patienceMs: 60_000 });
  const unlock = await stock.lock(locked);
  const one = { quantity: 1 };
  // Every third wants the locked level, every sixth both.
  const wanted = (place: number): Line[] => [
    ...(place % 3 === 0 ? [{ ...locked, ...one }] : []),
    ...(place % 3 !== 0 || place % 6 === 0 ? [{ ...free, ...one }] : []),
  ];
  const { answered, answers } = askAll(
    batcher,
    placesOf(30, () => true).map((place) => request(wanted(place))),
  );
  const passing = placesOf(30, (place) => place % 3 !== 0);
  const heldUp = placesOf(30, (place) => place % 3 === 0);
  await Promise.all(passing.map(async (place) => answers[place]));
  expect(passing.map((place) => answered.get(place))).toEqual(passing.map(() => "created"));
  expect(heldUp.filter((place) => answered.has(place))).toEqual([]);

  // Also those who come later.
  const later = askAll(batcher, [request([{ ...locked, ...one }]), request([{ ...free, ...one }])]);
  expect(await later.answers[1]).toBe("created");
  expect(later.answered.has(0)).toBe(false);

  await unlock();
  expect(await Promise.all(heldUp.map(async (place) => answers[place]))).toEqual(
    heldUp.map((_, turn) => (turn < 4 ? "created" : "refused")),
  );
  expect(await later.answers[0]).toBe("refused");
  expect(await stock.level(locked.productId, locked.locationId)).toMatchObject({ reserved: 4 });
});

test("who wants what stays locked is told so after their own patience, and their key may try again", async () => {
  const [locked, free] = [await stock.createStock(10), await stock.createStock(10)];
  const batcher = new ReservationBatcher(testing.database.db, { patienceMs: 0 });
  const unlock = await stock.lock(locked);
  const requests = placesOf(12, () => true).map((place) =>
    request([{ ...(place % 2 === 0 ? locked : free), quantity: 1 }]),
  );
  const { answers } = askAll(batcher, requests);
  expect(await Promise.all(answers)).toEqual(
    requests.map((_, place) => (place % 2 === 0 ? "SERVICE_UNAVAILABLE" : "created")),
  );
  const error: unknown = await batcher.reserve(requests[0] ?? request([])).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  await unlock();
  expect(await Promise.all(askAll(batcher, requests).answers)).toEqual(
    requests.map((_, place) => (place % 2 === 0 ? "created" : "replayed")),
  );
});

test("a key that someone else is using holds up that request alone", async () => {
  const item = await stock.createStock(20);
  const batcher = new ReservationBatcher(testing.database.db);
  const key = randomUUID();
  const client = await testing.database.connectDirect("holder");
  await client.query("begin");
  await client.query("select set_config('request.jwt.claims', $1, true)", [
    JSON.stringify({ sub: "buyer", role: "sales" }),
  ]);
  await client.query("select inventory.reserve_stock($1, $2)", [
    key,
    JSON.stringify([{ ...(await stock.createStock(1)), quantity: 1 }]),
  ]);
  const asked = placesOf(8, () => true).map((place) =>
    request([{ ...item, quantity: 1 }], place === 3 ? key : undefined),
  );
  const { answers } = askAll(batcher, asked);
  const others = placesOf(8, (place) => place !== 3);
  expect(await Promise.all(others.map(async (place) => answers[place]))).toEqual(others.map(() => "created"));
  expect(await answers[3]).toBe("failed");
  await client.query("rollback");
  await client.end();
  expect(await Promise.all(askAll(batcher, asked).answers)).toEqual(
    asked.map((_, place) => (place === 3 ? "created" : "replayed")),
  );
});

test("a batch that passes over names what is locked, keeps nothing of it, and answers stored keys all the same", async () => {
  const [locked, free] = [await stock.createStock(5), await stock.createStock(5)];
  const [kept, key] = [randomUUID(), randomUUID()];
  const line = [{ ...locked, quantity: 1 }];
  await stock.reserveBatch([{ key: kept, lines: line }]);
  const unlock = await stock.lock(locked);
  const ask = [
    { key, lines: [...line, { ...free, quantity: 1 }] },
    { key, lines: [{ ...free, quantity: 1 }, ...line] },
    { key: kept, lines: line },
    { key: randomUUID(), lines: [{ ...free, quantity: 4 }] },
    { key: randomUUID(), lines: [{ ...free, quantity: 2 }] },
  ];
  const outcomes = await stock.reserveBatch(ask, { passesOver: true });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["locked", "locked", "replayed", "created", "refused"]);
  for (const { short } of outcomes.slice(0, 2)) expect(short).toEqual([locked]);
  await unlock();
  expect(await stock.reserveBatch(ask.slice(0, 2))).toMatchObject([{ outcome: "created" }, { outcome: "replayed" }]);
});
