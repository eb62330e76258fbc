import type { Executor } from "../../foundation/database/database.ts";
import { type MeasuredCodeScheme, readMeasuredCode } from "./measured-code.ts";
import { type CodeKind, findProductByCode, type ScannedProduct } from "./queries.ts";

export interface Scan {
  /** As it was scanned. */
  readonly code: string;
  readonly kind: CodeKind | "measured" | "unknown";
  /** What to link to a product so that this scan, and every like it, finds it. */
  readonly linkCode: string;
  readonly product: ScannedProduct | null;
  /** How much of the product it stands for; null where only its price says so and the product has none. */
  readonly quantity: string | null;
  /** What a scale printed to be paid; null for every other code. */
  readonly price: string | null;
}

/**
 * What a scanned code stands for. A GTIN is found with and without leading zeros (UPC-A is an EAN-13 that begins with
 * one); a code that a scale printed by its prefix and item, by its item alone as SKU, or by the code of that item with
 * nothing weighed, which is how GS1 has such products numbered.
 */
export async function scan(tx: Executor, code: string, schemes: readonly MeasuredCodeScheme[]): Promise<Scan> {
  const whole = await findProductByCode(tx, gtinsLike(code));
  if (whole !== null) {
    const { kind, quantity, product } = whole;
    return { code, kind, linkCode: code, product, quantity, price: null };
  }
  const measured = readMeasuredCode(code, schemes);
  if (measured === null) return { code, kind: "unknown", linkCode: code, product: null, quantity: null, price: null };
  const { itemCode, item, value, amount } = measured;
  const found = await findProductByCode(tx, [itemCode, item, item.replace(/^0+(?=\d)/, ""), ...unweighed(itemCode)]);
  const product = found?.product ?? null;
  return {
    code,
    kind: "measured",
    linkCode: itemCode,
    product,
    quantity: value === "weight" ? amount : quantityFor(amount, product),
    price: value === "price" ? amount : null,
  };
}

/** The code itself first, then the same number as the other GTIN lengths write it. */
function gtinsLike(code: string): readonly string[] {
  if (!/^\d{8,14}$/.test(code)) return [code];
  const number = code.replace(/^0+/, "");
  const lengths = [8, 12, 13, 14].filter((length) => number.length <= length);
  return [...new Set([code, ...lengths.map((length) => number.padStart(length, "0"))])];
}

/** The item's own EAN-13: zeros where the value would be, and whichever check digit that gives. */
function unweighed(itemCode: string): readonly string[] {
  const digits = itemCode.padEnd(12, "0");
  return Array.from({ length: 10 }, (_, check) => `${digits}${check}`);
}

/** To three decimals, as quantities have them. */
function quantityFor(price: string, product: ScannedProduct | null): string | null {
  const each = Number(product?.price ?? "0");
  if (each <= 0) return null;
  return String(Math.round((Number(price) / each) * 1_000) / 1_000);
}
