import type { Product } from "@bodega/sdk";

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
  const lines = products.map((product) => Object.values(csvColumns).map((field) => cellOf(product[field])));
  return `\uFEFF${[Object.keys(csvColumns), ...lines].map((cells) => `${cells.join(",")}\r\n`).join("")}`;
}

/** RFC 4180. A text that a spreadsheet would take for a formula is kept from being one. */
function cellOf(value: string | boolean | null): string {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a file to the person, as a download. */
export function saveFile(content: Blob, fileName: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
