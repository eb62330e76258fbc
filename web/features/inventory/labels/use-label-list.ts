import type { Product } from "@bodega/sdk";
import { useSessionStorage } from "@mantine/hooks";
import { copiesMax } from "./address.ts";

/** What a label says of a product. */
export type LabelProduct = Pick<Product, "id" | "sku" | "gtin" | "name" | "price" | "currency" | "unit">;

export interface LabelOrder {
  readonly product: LabelProduct;
  readonly copies: number;
}

const none: readonly LabelOrder[] = [];

/** Which labels are to be printed; kept in this tab over a reload. */
export function useLabelList() {
  const [orders, setOrders] = useSessionStorage<readonly LabelOrder[]>({
    key: "bodega.labels",
    defaultValue: none,
    getInitialValueInEffect: false,
  });
  /** A product that is there already gets more copies, and moves nowhere. */
  const add = (added: readonly LabelOrder[]) =>
    setOrders((present) => {
      const list = new Map(present.map((order) => [order.product.id, order]));
      for (const { product, copies } of added) {
        const before = list.get(product.id)?.copies ?? 0;
        list.set(product.id, { product: labelProductOf(product), copies: Math.min(copiesMax, before + copies) });
      }
      return [...list.values()];
    });
  const setCopies = (productId: string, copies: number) =>
    setOrders((present) =>
      present.map((order) =>
        order.product.id === productId ? { ...order, copies: Math.min(copiesMax, copies) } : order,
      ),
    );
  const remove = (productId: string) =>
    setOrders((present) => present.filter(({ product }) => product.id !== productId));
  return { orders, add, setCopies, remove, clear: () => setOrders(none) };
}

const labelProductOf = ({ id, sku, gtin, name, price, currency, unit }: LabelProduct): LabelProduct => ({
  id,
  sku,
  gtin,
  name,
  price,
  currency,
  unit,
});

/** One entry a label, in the order of the list. */
export const labelsIn = (orders: readonly LabelOrder[]): readonly LabelProduct[] =>
  orders.flatMap(({ product, copies }) => Array.from({ length: copies }, () => product));
