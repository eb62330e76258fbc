import { type components, dataOf } from "@bodega/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "../../shared/server/client.ts";
import type { IncidentFilter, JobState } from "./filters.ts";

type Schemas = components["schemas"];
export type Health = Schemas["Health"];
export type Job = Schemas["Job"];
export type Schedule = Schemas["Schedule"];
export type ScheduleRun = NonNullable<Schemas["ScheduleRun"]>;
export type Incident = Schemas["Incident"];
export type Breaker = Schemas["Breaker"];

export const operationsKeys = {
  all: ["operations"] as const,
  jobs: ["operations", "jobs"] as const,
  schedules: ["operations", "schedules"] as const,
  incidents: ["operations", "incidents"] as const,
  breakers: ["operations", "breakers"] as const,
};

/** Nothing tells of these changes, so they are looked at again while they are on the screen. */
const refreshMs = 10_000;

export const healthQuery = queryOptions({
  queryKey: ["operations", "health"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/operations/health", { signal })),
  refetchInterval: refreshMs,
});

export const jobsQuery = (state: JobState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...operationsKeys.jobs, state ?? "all"],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/operations/jobs", {
          signal,
          params: { query: { ...(state && { state }), ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });

export const schedulesQuery = queryOptions({
  queryKey: operationsKeys.schedules,
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/operations/schedules", { signal })),
  refetchInterval: refreshMs,
});

export const breakersQuery = queryOptions({
  queryKey: operationsKeys.breakers,
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/operations/breakers", { signal })),
  refetchInterval: refreshMs,
});

export const scheduleRunsQuery = (name: string) =>
  infiniteQueryOptions({
    queryKey: [...operationsKeys.schedules, name, "runs"],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/operations/schedules/{name}/runs", {
          signal,
          params: { path: { name }, query: { limit: 20, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const incidentsQuery = (state: IncidentFilter) =>
  infiniteQueryOptions({
    queryKey: [...operationsKeys.incidents, state],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/operations/incidents", {
          signal,
          params: { query: { state, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

export const thumbnailMetricsQuery = (days: number) =>
  queryOptions({
    queryKey: ["operations", "thumbnails", days],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/thumbnails/metrics", { signal, params: { query: { days } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

/** The states of a photo in which a person can do something about it. */
export const troubledStates = ["failed", "partial", "retry_scheduled", "skipped"] as const;
export type TroubledState = (typeof troubledStates)[number];

export const troubledPhotosQuery = (imageState: TroubledState) =>
  queryOptions({
    queryKey: ["operations", "troubled", imageState],
    queryFn: ({ signal }) =>
      dataOf(client.http.GET("/v1/products", { signal, params: { query: { imageState, limit: 50 } } })),
    refetchInterval: 30_000,
  });
