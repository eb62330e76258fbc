import { Customer } from "./customer.ts";
import { type CutShares, type CutShop, inCutShop } from "./cut-shop.ts";
import { count, type Drill, type DrillContext } from "./drill.ts";
import type { Operation } from "./history.ts";
import { forEach, until, upTo } from "./patience.ts";
import { type Item, isInsufficient, type Line, reservationMadeBy, Shopper } from "./shopper.ts";
import { countDeadlocks, findReservationState, isOverdue, listLevels } from "./stock-queries.ts";
import { judgeStock } from "./stock-verdict.ts";

const apis = 3;
const lost: CutShares = { database: 0.2, http: 0.2 };
const nothingLost: CutShares = { database: 0, http: 0 };
const resolveMsMax = 120_000;
const overdueMsMax = 30_000;
const linesEach = 5;
/** Given up, to see whether all of it can be had again, and no more. */
const freedUnits = 7;

export const oversell: Drill = {
  name: "oversell",
  promise:
    "However many buyers come and answers get lost, as much is reserved as there is: not one more, not one less.",

  async run(context) {
    const { isQuick, tell } = context;
    const buyers = isQuick ? 120 : 500;
    const units = isQuick ? 30 : 100;
    const carts = isQuick ? 60 : 400;
    tell(
      `${buyers} buyers at once of 1 each of ${units} units over ${apis} api processes; of the answers about reservations`,
    );
    tell(
      `${lost.database * 100} % are lost after the commit on their way from PostgreSQL, ${lost.http * 100} % on that from the api`,
    );
    tell(
      `then ${freedUnits} units are freed and must all be had again, one of them by time alone, with no worker about;`,
    );
    tell(`then ${carts} carts of ${linesEach} lines in any order, two of five confirmed, one of five cancelled`);

    return inCutShop({ apis, shares: lost }, context, async (cut) => {
      const customer = new Customer(cut.shop);
      const shopper = new Shopper(customer, cut.nextAddress);
      const rushed = await rush(cut, shopper, buyers, units);
      cut.setShares(nothingLost);
      const quiet = await askWhenQuiet(cut, shopper, rushed.item, rushed.made);
      const carted = await fillCarts(cut, shopper, context, carts);
      const violations = [...rushed.faults, ...quiet, ...carted.faults, ...(await judgeStock(cut.shop, shopper))];
      const { database, http } = cut.cuts();
      return {
        figures: [
          count("buyers served", rushed.made.length),
          count("buyers whose answer was lost, and resolved by their keys", rushed.unknown),
          count("answers lost between PostgreSQL and the api, after the commit", database),
          count("answers lost between the api and the buyer, after the commit", http),
          count("carts reserved", carted.reserved),
          count("carts refused, each with what is short", carted.refused),
          count("deadlocks that PostgreSQL had to break", await countDeadlocks(cut.shop.database.db)),
          count("operations ok", customer.history.count("ok")),
          count("operations failed", customer.history.count("failed")),
        ],
        violations,
      };
    });
  },
};

interface Rush {
  readonly item: Item;
  /** Ids of the reservations. */
  readonly made: readonly string[];
  readonly unknown: number;
  readonly faults: readonly string[];
}

async function rush({ shop }: CutShop, shopper: Shopper, buyers: number, units: number): Promise<Rush> {
  const [item] = await shopper.stock(1, units);
  if (item === undefined) throw new Error("There is nothing to buy.");
  const operations = await Promise.all(upTo(buyers).map(() => shopper.reserve([{ ...item, quantity: 1 }])));
  const unknown = await shopper.history.resolve(resolveMsMax);
  const made = operations.flatMap((operation) => reservationMadeBy(operation)?.id ?? []);
  const faults = operations.flatMap((operation) => refusalFaults(operation));
  if (made.length !== units) faults.push(`${made.length} of ${units} units were answered as reserved`);
  const held = (await listLevels(shop.database.db)).find(({ productId }) => productId === item.productId);
  if (held?.onHand !== units || held.reserved !== units) faults.push(`the level is ${JSON.stringify(held)}`);
  return { item, made, unknown, faults };
}

/** What fails must say what is short; anything else has no business to surface. */
function refusalFaults(operation: Operation): string[] {
  if (operation.outcome !== "failed" || operation.reason?.startsWith("409 INSUFFICIENT_STOCK")) return [];
  return [`reservation ${operation.number} was answered with ${operation.reason}`];
}

/** Whatever is free when nobody else is about must be given, and not more. */
async function askWhenQuiet(
  { shop }: CutShop,
  shopper: Shopper,
  item: Item,
  made: readonly string[],
): Promise<string[]> {
  const faults: string[] = [];
  const one = [{ ...item, quantity: 1 }];
  for (const id of made.slice(0, freedUnits)) {
    const { outcome, reason } = await shopper.close(id, "cancel");
    if (outcome !== "ok") faults.push(`a reservation could not be cancelled: ${reason}`);
  }
  for (const place of upTo(freedUnits - 1)) {
    const { outcome, reason } = await shopper.reserve(one);
    if (outcome !== "ok") faults.push(`free unit ${place + 1} of ${freedUnits} was refused: ${reason}`);
  }
  const brief = reservationMadeBy(await shopper.reserve(one, { expiresInSeconds: 1 }));
  if (brief === null) return [...faults, "the last free unit was refused"];
  await until("a hold was overdue", overdueMsMax, () => isOverdue(shop.database.db, brief.id));
  const { outcome, reason } = await shopper.reserve(one);
  if (outcome !== "ok") faults.push(`a unit whose hold is overdue was refused: ${reason}`);
  const state = await findReservationState(shop.database.db, brief.id);
  if (state !== "expired") faults.push(`the overdue hold is ${state}`);
  const over = await shopper.sendReserve(one);
  if (over.status !== 409 || !isInsufficient(over.body)) faults.push(`one unit too many was answered ${over.status}`);
  return faults;
}

interface Carts {
  readonly reserved: number;
  readonly refused: number;
  readonly faults: readonly string[];
}

/** Carts over few products, each in an order of its own, some of them confirmed or cancelled while others are filled. */
async function fillCarts({ shop }: CutShop, shopper: Shopper, { random }: DrillContext, carts: number): Promise<Carts> {
  const items = await shopper.stock(linesEach + 3, Math.ceil(carts * 0.6));
  const planned = upTo(carts).map((number) => ({
    lines: random
      .shuffled(items)
      .slice(0, linesEach)
      .map((item): Line => ({ ...item, quantity: random.whole(1, 2) })),
    next: (["confirm", "confirm", "cancel", null, null] as const)[number % 5] ?? null,
  }));
  const faults: string[] = [];
  const operations: Operation[] = [];
  await forEach(planned, Math.min(carts, 60), async ({ lines, next }) => {
    const operation = await shopper.reserve(lines);
    operations.push(operation);
    faults.push(...refusalFaults(operation));
    if (operation.outcome === "unknown") faults.push(`cart ${operation.number} was answered ${operation.reason}`);
    const made = reservationMadeBy(operation);
    if (made === null || next === null) return;
    const closed = await shopper.close(made.id, next);
    if (closed.outcome !== "ok") faults.push(`to ${next} a cart was answered ${closed.reason}`);
  });
  const free = new Map(
    (await listLevels(shop.database.db)).map(({ productId, onHand, reserved }) => [productId, onHand - reserved]),
  );
  // All is quiet: a cart of one of whatever is left must be had.
  const left = items.filter(({ productId }) => (free.get(productId) ?? 0) >= 1);
  if (left.length > 0) {
    const last = await shopper.reserve(left.map((item) => ({ ...item, quantity: 1 })));
    if (last.outcome !== "ok") faults.push(`what is left was refused: ${last.reason}`);
  }
  return {
    reserved: operations.filter(({ outcome }) => outcome === "ok").length,
    refused: operations.filter(({ outcome }) => outcome === "failed").length,
    faults,
  };
}
