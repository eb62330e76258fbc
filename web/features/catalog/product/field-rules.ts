import type { ProductFormValues } from "@bodega/sdk";

export const units = ["unit", "kg", "g", "l", "ml", "m", "pack"] as const;
export type Unit = (typeof units)[number];
export const isUnit = (value: string): value is Unit => units.some((unit) => unit === value);

/** The fields in which a person can err; the server has the last word. */
export type RuleName = "required" | "money" | "quantity" | "currency" | "gtin";

const money = /^\d{1,10}(\.\d{1,4})?$/;
const quantity = /^\d{1,9}(\.\d{1,3})?$/;

/** What is wrong with a field as it stands; null: nothing. */
export function brokenRule(field: keyof ProductFormValues, value: string | boolean | null): RuleName | null {
  const text = typeof value === "string" ? value.trim() : "";
  switch (field) {
    case "name":
    case "sku":
      return text === "" ? "required" : null;
    case "price":
      return money.test(text) ? null : "money";
    case "cost":
      return text === "" || money.test(text) ? null : "money";
    case "minimumPurchase":
      return quantity.test(text) && Number(text) > 0 ? null : "quantity";
    case "currency":
      return /^[A-Z]{3}$/.test(text) ? null : "currency";
    case "gtin":
      return text === "" || isGtin(text) ? null : "gtin";
    case "description":
    case "category":
    case "unit":
    case "supplierId":
    case "isActive":
      return null;
  }
}

/** The decimal comma of many a keyboard is a point to the server. */
export const asDecimal = (text: string): string => text.replace(",", ".").replace(/\s/g, "");

/** GS1 General Specifications §7.9. */
function isGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(digits)) return false;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
