import { type BodegaClient, dataOf, type NewProduct, type Product } from "../../sdk/index.ts";

const once = () => ({ headers: { "idempotency-key": crypto.randomUUID() } });

/** A place where goods lie; its code is its own. */
export async function addLocation(api: BodegaClient, name: string): Promise<string> {
  const code = `L-${crypto.randomUUID().slice(0, 8)}`;
  return (await dataOf(api.http.POST("/v1/locations", { ...once(), body: { name, code } }))).id;
}

export interface NewGoods {
  readonly name: string;
  readonly gtin?: string;
  readonly unit?: NonNullable<NewProduct["unit"]>;
  readonly sku?: string;
  readonly supplierId?: string;
  /** By location; none where there is none. */
  readonly stock?: Readonly<Record<string, string>>;
}

/** A product with as much of it as the test needs. */
export async function addGoods(api: BodegaClient, { name, stock = {}, sku, ...rest }: NewGoods): Promise<Product> {
  const product = await api.products.create({
    sku: sku ?? `e2e-${crypto.randomUUID().slice(0, 12)}`,
    name,
    price: "10.00",
    currency: "ARS",
    ...rest,
  });
  const lines = Object.entries(stock).map(([locationId, quantity]) => ({
    productId: product.id,
    locationId,
    quantity,
  }));
  if (lines.length > 0) {
    await dataOf(api.http.POST("/v1/stock/movements", { ...once(), body: { type: "entry", lines } }));
  }
  return product;
}

/** What is there and what of it is held, of one product at one place. */
export async function stockOf(api: BodegaClient, productId: string, locationId: string) {
  const { items } = await dataOf(api.http.GET("/v1/stock", { params: { query: { productId, locationId } } }));
  const [level] = items;
  return { onHand: level?.onHand ?? "0", reserved: level?.reserved ?? "0" };
}
