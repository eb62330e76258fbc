import type { Operation } from "./history.ts";
import type { Shop } from "./shop.ts";
import { type Line, reservationMadeBy, type Shopper } from "./shopper.ts";
import { listLevels, listReservations, listStockDiscrepancies, type ReservationRow } from "./stock-queries.ts";

/**
 * Holds the books of stock against the history: one reservation for each that was answered 2xx, with the lines asked for,
 * and no other; levels that are the sum of the ledger and of what is held; nothing below nothing.
 */
export async function judgeStock(shop: Shop, shopper: Shopper): Promise<readonly string[]> {
  const { history } = shopper;
  const { db } = shop.database;
  const rows = await listReservations(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const reserved = history.operations.filter(({ what }) => what === "reserve");
  const explained = new Set(reserved.flatMap((operation) => reservationMadeBy(operation)?.id ?? []));
  const keys = new Set(rows.map(({ key }) => key));
  return [
    ...reserved.flatMap((operation) => reservationFaults(operation, byId, keys, shopper.linesOf(operation))),
    ...rows.filter(({ id }) => !explained.has(id)).map(({ id }) => `reservation ${id}: no request explains it`),
    ...(await listStockDiscrepancies(db)).map((level) => `the books do not agree: ${JSON.stringify(level)}`),
    ...(await listLevels(db))
      .filter(({ onHand, reserved: held }) => held < 0 || onHand < held)
      .map((level) => `oversold: ${JSON.stringify(level)}`),
  ];
}

function reservationFaults(
  operation: Operation,
  byId: ReadonlyMap<string, ReservationRow>,
  keys: ReadonlySet<string>,
  asked: readonly Line[],
): string[] {
  const name = `reservation ${operation.number}`;
  const made = reservationMadeBy(operation);
  if (operation.outcome === "unknown") return [`${name} is still unknown`];
  if (made === null) return keys.has(operation.key) ? [`${name} was refused (${operation.reason}), and is there`] : [];
  const row = byId.get(made.id);
  if (row === undefined) return [`${name} was answered ${operation.status}, and is not there`];
  if (row.key !== operation.key) return [`${name} was answered with the reservation of another`];
  const isAsAsked = linesText(summed(asked)) === linesText(row.lines) && linesText(made.lines) === linesText(row.lines);
  return isAsAsked ? [] : [`${name} is there with other lines than were asked for`];
}

type Amount = { readonly productId: string; readonly locationId: string; readonly quantity: number | string };

const linesText = (lines: readonly Amount[]): string =>
  lines
    .map(({ productId, locationId, quantity }) => `${productId} ${locationId} ${Number(quantity)}`)
    .toSorted()
    .join("\n");

function summed(lines: readonly Line[]): readonly Line[] {
  const groups = Map.groupBy(lines, ({ productId, locationId }) => `${productId} ${locationId}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ ...first, quantity: group.reduce((total, { quantity }) => total + quantity, 0) }];
  });
}
