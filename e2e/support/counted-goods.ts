import { type BodegaClient, dataOf, type Product } from "../../sdk/index.ts";
import type { Credentials } from "./office.ts";

/** The header of a write that is made once. */
export const keyed = () => ({ headers: { "idempotency-key": crypto.randomUUID() } });

export interface NewGoods {
  readonly name: string;
  readonly gtin?: string;
  readonly sku?: string;
  readonly price?: string;
  readonly cost?: string;
  readonly category?: string;
  readonly unit?: "unit" | "kg" | "g";
  /** How much of it lies at `locationId`. */
  readonly quantity?: string;
  readonly locationId?: string;
}

export async function addLocation(api: BodegaClient, code: string, name: string): Promise<string> {
  return (await dataOf(api.http.POST("/v1/locations", { body: { code, name }, ...keyed() }))).id;
}

/** A product that is sold in pesos, and what there is of it. */
export async function addGoods(api: BodegaClient, goods: NewGoods): Promise<Product> {
  const { name, gtin, sku = `e2e-${crypto.randomUUID()}`, price = "100", cost, category, unit = "unit" } = goods;
  const product = await api.products.create({
    sku,
    name,
    price,
    currency: "ARS",
    unit,
    ...(gtin !== undefined && { gtin }),
    ...(cost !== undefined && { cost }),
    ...(category !== undefined && { category }),
  });
  if (goods.quantity !== undefined && goods.locationId !== undefined) {
    await move(api, "entry", product.id, goods.locationId, goods.quantity);
  }
  return product;
}

export async function move(
  api: BodegaClient,
  type: "entry" | "exit",
  productId: string,
  locationId: string,
  quantity: string,
): Promise<void> {
  const body = { type, lines: [{ productId, locationId, quantity }] };
  await api.http.POST("/v1/stock/movements", { body, ...keyed() });
}

/** What is on hand of a product at a place, as the server has it. */
export async function onHand(api: BodegaClient, productId: string, locationId: string): Promise<string> {
  const { items } = await dataOf(api.http.GET("/v1/stock", { params: { query: { productId, locationId } } }));
  return items[0]?.onHand ?? "0";
}

/** Twelve digits of an EAN-13 and its check digit (GS1 General Specifications, 7.9). */
export function ean13(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}

export async function addUser(api: BodegaClient, role: "warehouse" | "sales"): Promise<Credentials> {
  const user = { email: `${role}-${crypto.randomUUID()}@shop.test`, password: "a password only for tests" };
  await dataOf(api.http.POST("/v1/users", { body: { ...user, name: role, role, supplierId: null }, ...keyed() }));
  return user;
}
