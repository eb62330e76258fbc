import { dataOf, type paths } from "@bodega/sdk";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../server/client.ts";

export type Me = paths["/v1/me"]["get"]["responses"][200]["content"]["application/json"];

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/me", { signal })),
  staleTime: 5 * 60_000,
});
