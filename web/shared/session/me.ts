import { dataOf, type paths } from "@bodega/sdk";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { Permission } from "../feature/feature.ts";
import { client } from "../server/client.ts";

export type Me = paths["/v1/me"]["get"]["responses"][200]["content"]["application/json"];

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/me", { signal })),
  staleTime: 5 * 60_000,
});

/** Who is signed in; below the shell there is always somebody. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether `me` may do it at all; for their own things at least. */
export const may = (me: Me, permission: Permission | undefined): boolean =>
  permission === undefined || Object.hasOwn(me.permissions, permission);

export const useMay = (permission: Permission): boolean => may(useMe(), permission);
