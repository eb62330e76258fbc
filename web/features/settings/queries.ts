import { type components, dataOf } from "@bodega/sdk";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client } from "../../shared/server/client.ts";

type Schemas = components["schemas"];
export type User = Schemas["User"];
export type Setting = Schemas["Setting"];

export const roles = ["admin", "warehouse", "sales", "supplier"] as const;
export type Role = (typeof roles)[number];

export const settingsKeys = {
  users: ["users"] as const,
  settings: ["settings"] as const,
};

export const usersQuery = infiniteQueryOptions({
  queryKey: settingsKeys.users,
  queryFn: ({ signal, pageParam }) =>
    dataOf(
      client.http.GET("/v1/users", {
        signal,
        params: { query: { limit: 100, ...(pageParam !== null && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

export const settingsQuery = queryOptions({
  queryKey: settingsKeys.settings,
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/operations/settings", { signal })),
});

export const settingHistoryQuery = (key: string) =>
  infiniteQueryOptions({
    queryKey: [...settingsKeys.settings, key, "history"],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/operations/settings/{key}/history", {
          signal,
          params: { path: { key }, query: { limit: 20, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
