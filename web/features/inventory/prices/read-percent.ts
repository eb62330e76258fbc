import { readDecimal } from "../../../shared/format/decimal.ts";

/** A margin as people type it: with a sign, a comma, and the sign of per cent if they like; null for what is none. */
export function readPercent(typed: string): string | null {
  const text = typed.replace("%", "").trim();
  const size = readDecimal(text.replace(/^[-−]/, ""), 3);
  if (size === null || size.length > 9) return null;
  const isNegative = /^[-−]/.test(text) && size !== "0";
  return isNegative ? `-${size}` : size;
}
