import { dataOf } from "@bodega/sdk";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../../shared/server/client.ts";

/** The categories and suppliers that occur. */
export const facetsQuery = queryOptions({
  queryKey: ["catalog", "facets"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/products/facets", { signal })),
  staleTime: 60_000,
});
