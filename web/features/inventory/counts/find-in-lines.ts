import { gtin14 } from "../scan/check-digit.ts";
import type { CodedProduct } from "../scan/find-product.ts";
import type { CountLine } from "./count-line.ts";

/** Finds the product of a code among the lines, so that scans are heard without the network too. */
export function findInLines(lines: readonly CountLine[]): (code: string) => CodedProduct | null {
  const byCode = new Map<string, CountLine>();
  for (const line of lines) {
    byCode.set(line.sku.toLowerCase(), line);
    if (line.gtin !== null) byCode.set(gtin14(line.gtin), line);
  }
  return (code) => {
    const line = (/^\d+$/.test(code) ? byCode.get(gtin14(code)) : undefined) ?? byCode.get(code.toLowerCase());
    return line === undefined ? null : productOf(line);
  };
}

/** As much as a scan has to know of it. */
const productOf = ({ productId, unitCost, sku, gtin, name, unit, price, currency }: CountLine): CodedProduct => ({
  id: productId,
  sku,
  gtin,
  name,
  unit,
  price,
  currency,
  cost: unitCost,
  category: null,
});
