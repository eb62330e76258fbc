import { isZero, readDecimal } from "../../../shared/format/decimal.ts";

/** Quantities have three decimals (weighed goods). */
const decimalsMax = 3;

/** What was typed as a quantity above 0; null when it is none. */
export function readQuantity(typed: string): string | null {
  const quantity = readDecimal(typed, decimalsMax);
  return quantity === null || isZero(quantity) ? null : quantity;
}

/** The same with a sign, as an adjustment has it: `-2` and `+2`. */
export function readSignedQuantity(typed: string): string | null {
  const text = typed.trim();
  const quantity = readQuantity(text.replace(/^[-−+]/, ""));
  return quantity !== null && /^[-−]/.test(text) ? `-${quantity}` : quantity;
}

/** Not negative, or nothing at all: `""` is null, and undefined what is no quantity. */
export function readOptionalQuantity(typed: string): string | null | undefined {
  if (typed.trim() === "") return null;
  return readDecimal(typed, decimalsMax) ?? undefined;
}
