import { dataOf } from "@bodega/sdk";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { client } from "../server/client.ts";
import { useMay } from "./me.ts";

/** As many as a shop has; who is not among them keeps the id. */
const usersMax = 200;

const namesQuery = queryOptions({
  queryKey: ["users", "names"],
  queryFn: async ({ signal }) => {
    const { items } = await dataOf(client.http.GET("/v1/users", { signal, params: { query: { limit: usersMax } } }));
    return new Map(items.map(({ id, name }) => [id, name]));
  },
  staleTime: 5 * 60_000,
});

/** The names of users by their ids, for those who may know them; what is no user (a part of the server) is as it is. */
export function useUserName(): (id: string) => string {
  const { data } = useQuery({ ...namesQuery, enabled: useMay("operations:manage") });
  return (id) => data?.get(id) ?? id;
}
