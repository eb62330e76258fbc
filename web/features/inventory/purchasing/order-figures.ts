import {
  addDecimals,
  compareDecimals,
  isZero,
  multiplyDecimals,
  subtractDecimals,
} from "../../../shared/format/decimal.ts";
import type { Order, OrderLine, Suggestion } from "./orders-queries.ts";

/** What has not come of a line. */
export const missingOf = ({ quantity, received }: Pick<OrderLine, "quantity" | "received">): string =>
  subtractDecimals(quantity, received);

/** What an order costs, of the lines whose cost is known; null when none is. */
export function costOf(
  lines: readonly { readonly quantity: string; readonly unitCost: string | null }[],
): string | null {
  const known = lines.flatMap(({ quantity, unitCost }) =>
    unitCost === null ? [] : [multiplyDecimals(quantity, unitCost, 4)],
  );
  return known.length === 0 ? null : addDecimals(...known);
}

/** From 0 to 1: how many of the lines have come whole. */
export const progressOf = ({ lines }: Order): number =>
  lines.length === 0 ? 0 : lines.filter((line) => isZero(missingOf(line))).length / lines.length;

/** What one press of a button orders: a supplier's goods for one place. */
export interface SuggestedOrder {
  readonly key: string;
  readonly supplierId: string | null;
  readonly locationId: string;
  readonly locationCode: string;
  readonly lines: readonly Suggestion[];
  readonly cost: string | null;
}

/** As many lines as an order may have. */
const linesMax = 500;

export function suggestedOrders(suggestions: readonly Suggestion[]): readonly SuggestedOrder[] {
  const groups = new Map<string, Suggestion[]>();
  for (const suggestion of suggestions) {
    if (compareDecimals(suggestion.suggested, "0") <= 0) continue;
    const key = `${suggestion.supplierId ?? ""} ${suggestion.locationId}`;
    groups.set(key, [...(groups.get(key) ?? []), suggestion]);
  }
  return [...groups].flatMap(([key, lines]) => {
    const [first] = lines;
    if (first === undefined) return [];
    const { supplierId, locationId, locationCode } = first;
    const ordered = lines.slice(0, linesMax);
    const cost = costOf(ordered.map(({ suggested, unitCost }) => ({ quantity: suggested, unitCost })));
    return [{ key, supplierId, locationId, locationCode, lines: ordered, cost }];
  });
}
