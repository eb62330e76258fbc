import { type components, dataOf } from "@bodega/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import type { ShortageState, TaskState } from "./address.ts";

type Schemas = components["schemas"];
export type Task = Schemas["Task"];
export type Shortage = Schemas["Shortage"];

export const tasksKey = [...inventoryKey, "tasks"] as const;
export const shortagesKey = [...inventoryKey, "shortages"] as const;

/** Nothing tells of these changes, so they are looked at again while they are on the screen. */
const refreshMs = 30_000;

/** Open ones by when they are due, the others the newest first. */
export const tasksQuery = (state: TaskState, owner: "me" | "none" | undefined) =>
  infiniteQueryOptions({
    queryKey: [...tasksKey, state, owner ?? "all"],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/tasks", {
          signal,
          params: {
            query: {
              state,
              sort: state === "open" ? "due" : "newest",
              ...(owner !== undefined && { owner }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });

export const shortagesQuery = (state: ShortageState) =>
  infiniteQueryOptions({
    queryKey: [...shortagesKey, state],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/shortages", {
          signal,
          params: { query: { state, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });

/** To whom a task can be given. */
export const peopleQuery = queryOptions({
  queryKey: [...inventoryKey, "people"],
  queryFn: async ({ signal }) => (await dataOf(client.http.GET("/v1/tasks/people", { signal }))).items,
  staleTime: 5 * 60_000,
});
