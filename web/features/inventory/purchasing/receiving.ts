import { BodegaError } from "@bodega/sdk";
import { addDecimals, compareDecimals, isZero, readDecimal } from "../../../shared/format/decimal.ts";
import { missingOf } from "./order-figures.ts";
import type { Order } from "./orders-queries.ts";

/** What came of a product, of one lot; as it is typed. */
export interface CameLine {
  readonly key: string;
  readonly productId: string;
  readonly quantity: string;
  readonly lot: string;
  readonly expiresOn: string;
}

export interface Scanned {
  readonly productId: string;
  readonly quantity: string;
  readonly lot: string | null;
  readonly expiresOn: string | null;
}

const emptyLine = (productId: string): CameLine => ({
  key: crypto.randomUUID(),
  productId,
  quantity: "",
  lot: "",
  expiresOn: "",
});

/** A line for each product of which something is missing. */
export const emptyReceipt = (order: Order): readonly CameLine[] =>
  order.lines.filter((line) => !isZero(missingOf(line))).map(({ productId }) => emptyLine(productId));

/** Everything that is missing came. */
export const allCame = (order: Order, came: readonly CameLine[]): readonly CameLine[] =>
  order.lines.flatMap((line) => {
    const missing = missingOf(line);
    if (isZero(missing)) return [];
    const [first = emptyLine(line.productId)] = came.filter(({ productId }) => productId === line.productId);
    return [{ ...first, quantity: missing }];
  });

export const withLot = (came: readonly CameLine[], after: CameLine): readonly CameLine[] =>
  came.flatMap((line) => (line.key === after.key ? [line, emptyLine(line.productId)] : [line]));

/**
 * A scan is so much more of its product. A lot or a date in the code goes to the line of that lot; another one gets a line
 * of its own.
 */
export function withScan(came: readonly CameLine[], scanned: Scanned): readonly CameLine[] {
  const { productId, quantity, lot, expiresOn } = scanned;
  const fits = (line: CameLine) =>
    line.productId === productId &&
    (lot === null || line.lot === "" || line.lot === lot) &&
    (expiresOn === null || line.expiresOn === "" || line.expiresOn === expiresOn) &&
    // What was counted before without a lot is not of this one.
    (lot === null || line.lot === lot || line.quantity === "");
  const target = came.find(fits) ?? came.find((line) => line.productId === productId && line.quantity === "");
  const add = (line: CameLine): CameLine => ({
    ...line,
    quantity: addDecimals(readDecimal(line.quantity, 3) ?? "0", quantity),
    lot: lot ?? line.lot,
    expiresOn: expiresOn ?? line.expiresOn,
  });
  if (target !== undefined) return came.map((line) => (line.key === target.key ? add(line) : line));
  return [...came, add(emptyLine(productId))];
}

export interface ReceiptProblem {
  readonly kind: "number" | "over";
  /** How much is missing of the product. */
  readonly missing: string;
}

/** What is wrong with lines, by key: no number, or more than is missing. */
export function receiptProblems(order: Order, came: readonly CameLine[]): ReadonlyMap<string, ReceiptProblem> {
  const missing = new Map(order.lines.map((line) => [line.productId, missingOf(line)]));
  const sums = new Map<string, string>();
  for (const { productId, quantity } of came) {
    sums.set(productId, addDecimals(sums.get(productId) ?? "0", readDecimal(quantity, 3) ?? "0"));
  }
  return new Map(
    came.flatMap(({ key, productId, quantity }): readonly (readonly [string, ReceiptProblem])[] => {
      if (quantity.trim() === "") return [];
      const most = missing.get(productId) ?? "0";
      if (readDecimal(quantity, 3) === null) return [[key, { kind: "number", missing: most }]];
      if (compareDecimals(sums.get(productId) ?? "0", most) > 0) return [[key, { kind: "over", missing: most }]];
      return [];
    }),
  );
}

/** As the server takes it: what is more than nothing. */
export const receiptLines = (came: readonly CameLine[]) =>
  came.flatMap(({ productId, quantity, lot, expiresOn }) => {
    const amount = readDecimal(quantity, 3);
    if (amount === null || isZero(amount)) return [];
    return [{ productId, quantity: amount, lot: lot.trim() || null, expiresOn: expiresOn || null }];
  });

/** Of which products the server refused more than is missing, and how much that is; another was quicker. */
export function refusedLines(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof BodegaError) || error.code !== "OVER_RECEIPT") return new Map();
  return new Map(
    error.errors.flatMap(({ productId, missing }) =>
      typeof productId === "string" && typeof missing === "string" ? [[productId, missing] as const] : [],
    ),
  );
}
