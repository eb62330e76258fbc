import { type components, dataOf } from "@bodega/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import type { OrderStatus } from "./address.ts";

export type Order = components["schemas"]["PurchaseOrder"];
export type OrderLine = Order["lines"][number];
export type Suggestion = components["schemas"]["ReorderSuggestion"];

export const ordersQuery = (status: OrderStatus | undefined) =>
  infiniteQueryOptions({
    queryKey: [...inventoryKey, "orders", status ?? "all"],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/purchase-orders", {
          signal,
          params: { query: { ...(status && { status }), ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: [...inventoryKey, "order", id],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/purchase-orders/{id}", { signal, params: { path: { id } } })),
  });

/** More than a shop orders at a time; the rest comes once these are ordered. */
const suggestionsMax = 1_000;

export const suggestionsQuery = queryOptions({
  queryKey: [...inventoryKey, "suggestions"],
  queryFn: async ({ signal }): Promise<readonly Suggestion[]> => {
    const found: Suggestion[] = [];
    let cursor: string | null = null;
    do {
      const page: { readonly items: readonly Suggestion[]; readonly nextCursor: string | null } = await dataOf(
        client.http.GET("/v1/stock/suggestions", {
          signal,
          params: { query: { limit: 200, ...(cursor !== null && { cursor }) } },
        }),
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < suggestionsMax);
    return found;
  },
});
