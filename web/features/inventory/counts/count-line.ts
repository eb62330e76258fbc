import { addDecimals, compareDecimals, multiplyDecimals, subtractDecimals } from "../../../shared/format/decimal.ts";
import type { StockLevel } from "../shared/inventory-queries.ts";

/** One product of a count: what the ledger says lies there, and what somebody found. */
export interface CountLine {
  readonly productId: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly name: string;
  readonly unit: string;
  readonly price: string;
  readonly currency: string;
  readonly unitCost: string | null;
  readonly expected: string;
  /** Of the ledger, as `expected` was read: the count is booked only if nothing moved since. */
  readonly position: number;
  /** Null: not counted yet. */
  readonly counted: string | null;
  /** Nobody counted it: what was not found was put to zero at once. */
  readonly isZeroed?: boolean;
  /** Stock moved while it was being counted; what was found before counts no more. */
  readonly moved: { readonly expected: string; readonly counted: string; readonly position: number } | null;
}

export function lineOf(level: StockLevel): CountLine {
  const { productId, sku, gtin, name, unit, price, currency, unitCost, onHand, position } = level;
  return {
    productId,
    sku,
    gtin,
    name,
    unit,
    price,
    currency,
    unitCost,
    expected: onHand,
    position,
    counted: null,
    moved: null,
  };
}

/** So much was found; null: it is to be counted yet. */
export const countedAs = ({ isZeroed: _anyMore, ...line }: CountLine, counted: string | null): CountLine => ({
  ...line,
  counted,
});

/** So much more was found, as by a scan. */
export const foundMore = (line: CountLine, quantity: string): CountLine =>
  countedAs(line, addDecimals(line.counted ?? "0", quantity));

/** What the server said of a line that moved: it has to be counted again, from what lies there now. */
export const outdated = (
  line: CountLine,
  now: { readonly expected: string; readonly position: number },
): CountLine => ({
  ...countedAs(line, null),
  ...now,
  moved: { expected: line.expected, counted: line.counted ?? line.expected, position: line.position },
});

/** Found minus expected; null for what is not counted. */
export const varianceOf = ({ counted, expected }: CountLine): string | null =>
  counted === null ? null : subtractDecimals(counted, expected);

export interface CountTotals {
  readonly counted: number;
  readonly off: number;
  readonly moved: number;
  /** Of the variance, at cost; lines without a cost count nothing. */
  readonly worth: string;
}

export function totalsOf(lines: Iterable<CountLine>): CountTotals {
  let [counted, off, moved, worth] = [0, 0, 0, "0"];
  for (const line of lines) {
    if (line.moved !== null && line.counted === null) moved += 1;
    if (line.counted === null) continue;
    counted += 1;
    if (compareDecimals(line.counted, line.expected) === 0) continue;
    off += 1;
    const variance = subtractDecimals(line.counted, line.expected);
    if (line.unitCost !== null) worth = addDecimals(worth, multiplyDecimals(variance, line.unitCost, 4));
  }
  return { counted, off, moved, worth };
}

export type LineFilter = "all" | "open" | "off" | "moved";

/** Which lines are looked at: those of a state, whose name, SKU or code has all the words. */
export function shownLines(lines: readonly CountLine[], filter: LineFilter, typed: string): readonly CountLine[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
  return lines.filter((line) => {
    if (!isIn(line, filter)) return false;
    if (words.length === 0) return true;
    const text = plain(`${line.name} ${line.sku} ${line.gtin ?? ""}`);
    return words.every((word) => text.includes(word));
  });
}

function isIn(line: CountLine, filter: LineFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "open":
      return line.counted === null;
    case "off":
      return line.counted !== null && compareDecimals(line.counted, line.expected) !== 0;
    case "moved":
      return line.moved !== null;
  }
}

/** Without accents and capitals. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
