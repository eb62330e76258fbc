import { type components, dataOf } from "@bodega/sdk";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";

export type Location = components["schemas"]["Location"];

/** The locations in use, by code; a shop has few. */
export const locationsQuery = queryOptions({
  queryKey: ["inventory", "locations", "active"],
  queryFn: async ({ signal }): Promise<readonly Location[]> => {
    const query = { active: "true", limit: 200 } as const;
    return (await dataOf(client.http.GET("/v1/locations", { signal, params: { query } }))).items;
  },
  staleTime: 60_000,
});

/** Empty until they have come. */
export const useLocations = (): readonly Location[] => useQuery(locationsQuery).data ?? [];
