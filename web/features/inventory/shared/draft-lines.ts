import { addDecimals } from "../../../shared/format/decimal.ts";

/** A line of a form that is being filled in. */
export interface DraftLine {
  readonly id: string;
  readonly product: LineProduct;
  /** As it was typed. */
  readonly quantity: string;
  readonly lot: string;
  /** A day, or "". */
  readonly expiresOn: string;
  /** Where it was said to be taken from; without it, wherever the form says. */
  readonly locationId?: string;
}

export interface LineProduct {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly unit: string;
}

export interface Added {
  readonly product: LineProduct;
  readonly quantity: string;
  readonly lot?: string | null;
  readonly expiresOn?: string | null;
}

/** As many as the server takes at once. */
const linesMax = 200;

/**
 * The lines with one more of something: on the line of the same product and lot, if there is one that can be reckoned
 * with, else on a new one. What changed is on top, as in any running list.
 */
export function withMore(lines: readonly DraftLine[], added: Added, newId: () => string): readonly DraftLine[] {
  const { product, quantity, lot = null, expiresOn = null } = added;
  const same = lines.find(
    (line) =>
      line.product.id === product.id &&
      (lot === null || line.lot === lot) &&
      (expiresOn === null || line.expiresOn === expiresOn) &&
      isDecimal(pointed(line.quantity)),
  );
  if (same === undefined) {
    const { id, name, sku, unit } = product;
    const line = {
      id: newId(),
      product: { id, name, sku, unit },
      quantity,
      lot: lot ?? "",
      expiresOn: expiresOn ?? "",
    };
    return [line, ...lines].slice(0, linesMax);
  }
  const grown = { ...same, quantity: addDecimals(pointed(same.quantity), quantity) };
  return [grown, ...lines.filter((line) => line !== same)];
}

const pointed = (typed: string): string => typed.trim().replace(",", ".");
const isDecimal = (text: string): boolean => /^-?\d+(\.\d{1,3})?$/.test(text);
