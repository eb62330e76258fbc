import { createMutationKey, dataOf } from "@bodega/sdk";
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { inventoryKey, type StockLevel } from "../shared/inventory-queries.ts";
import { keyOf, replaced, type StockPage, stockListKey } from "./use-stock-list.ts";

export type Limits = Pick<StockLevel, "reorderPoint" | "maximum">;

const mutationKey = [...inventoryKey, "set-limits"];

/**
 * Sets both limits of a level, as the server takes them. They can be set again, so they are in the list before the server
 * has answered: whoever sets one right after the other sends both as they are wanted. Of one level, one goes after another.
 */
export function useSetLimits(level: StockLevel) {
  const queryClient = useQueryClient();
  const { productId, locationId } = level;
  return useMutation<StockLevel, Error, Limits>({
    mutationKey,
    scope: { id: `limits ${keyOf(level)}` },
    onMutate: async (limits) => {
      await queryClient.cancelQueries({ queryKey: stockListKey });
      queryClient.setQueriesData<InfiniteData<StockPage>>({ queryKey: stockListKey }, (data) =>
        data === undefined ? data : replaced(data, new Map([[keyOf(level), { ...level, ...limits }]])),
      );
    },
    mutationFn: async ({ reorderPoint, maximum }) => {
      const key = createMutationKey(`stock-limits-${keyOf(level)}-${reorderPoint}-${maximum}`);
      const body = { productId, locationId, reorderPoint, maximum };
      const set = await dataOf(client.http.PUT("/v1/stock/limits", { ...once(key.value()), body }));
      key.settle();
      return set;
    },
    onError: notifyError,
    onSettled: async () => {
      // What is read before the last of them is done would show the list as it was.
      if (queryClient.isMutating({ mutationKey }) > 1) return;
      await queryClient.invalidateQueries({ queryKey: inventoryKey });
    },
  });
}
