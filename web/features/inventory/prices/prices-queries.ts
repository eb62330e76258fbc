import { type components, dataOf } from "@bodega/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import type { PricesAddress } from "./address.ts";

type Schemas = components["schemas"];
export type ProductPrice = Schemas["ProductPrice"];
export type PriceSuggestion = Schemas["PriceSuggestion"];
export type PriceChange = Schemas["PriceChange"];

export const pricesQuery = ({ q, category, state }: PricesAddress) =>
  infiniteQueryOptions({
    queryKey: [...inventoryKey, "prices", q ?? "", category ?? "", state ?? ""],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/prices", {
          signal,
          params: {
            query: {
              limit: 100,
              ...(q !== undefined && { query: q }),
              ...(category !== undefined && { category }),
              ...(state !== undefined && { state }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

export interface Wanted {
  readonly cost?: string;
  readonly marginPercent?: string;
}

/** What the category suggests for a cost, and the very price that a margin would come to. */
export const suggestionQuery = (productId: string, wanted: Wanted) =>
  queryOptions({
    queryKey: [...inventoryKey, "price-suggestion", productId, wanted.cost ?? "", wanted.marginPercent ?? ""],
    queryFn: ({ signal }) =>
      dataOf(
        client.http.GET("/v1/products/{id}/price-suggestion", {
          signal,
          params: { path: { id: productId }, query: wanted },
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** As many changes as a chart can show. */
const historyMax = 60;

export const historyQuery = (productId: string) =>
  queryOptions({
    queryKey: [...inventoryKey, "price-history", productId],
    queryFn: async ({ signal }) => {
      const query = { productId, limit: historyMax };
      return (await dataOf(client.http.GET("/v1/prices/changes", { signal, params: { query } }))).items;
    },
  });

export const rulesQuery = queryOptions({
  queryKey: [...inventoryKey, "price-rules"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/prices/rules", { signal })),
});
