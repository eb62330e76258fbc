import type { Product } from "@bodega/sdk";
import { csvText } from "../../../shared/files/csv-text.ts";

/** The columns of import and export, as the server names them. */
export const csvColumns = {
  sku: "sku",
  name: "name",
  description: "description",
  category: "category",
  gtin: "gtin",
  unit: "unit",
  price: "price",
  cost: "cost",
  currency: "currency",
  minimum_purchase: "minimumPurchase",
  supplier_id: "supplierId",
  is_active: "isActive",
} as const satisfies Readonly<Record<string, keyof Product>>;

/** Products as the CSV that can be imported again. */
export function csvOf(products: readonly Product[]): string {
  const lines = products.map((product) => Object.values(csvColumns).map((field) => product[field]));
  return csvText([Object.keys(csvColumns), ...lines], ",");
}
