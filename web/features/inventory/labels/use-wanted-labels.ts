import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { client } from "../../../shared/server/client.ts";
import { wantedIn } from "./address.ts";
import type { LabelOrder } from "./use-label-list.ts";

/** Takes the products that the address names into the list, once, and out of the address. */
export function useWantedLabels(add: (orders: readonly LabelOrder[]) => void) {
  const { products } = useSearch({ from: "/shell/inventory/labels" });
  const navigate = useNavigate();
  const wanted = useQuery({
    queryKey: ["inventory", "wanted-labels", products],
    queryFn: ({ signal }) =>
      Promise.all(
        wantedIn(products).map(async ({ productId, copies }): Promise<LabelOrder> => {
          const { product } = await client.products.read(productId, { signal });
          return { product, copies };
        }),
      ),
    enabled: products !== undefined,
  });
  const take = useEffectEvent((orders: readonly LabelOrder[]) => {
    add(orders);
    void navigate({ to: "/inventory/labels", search: {}, replace: true });
  });
  const found = products === undefined ? undefined : wanted.data;
  useEffect(() => {
    if (found !== undefined) take(found);
  }, [found]);
  return { isLoading: wanted.isLoading, error: wanted.error, retry: () => void wanted.refetch() };
}
