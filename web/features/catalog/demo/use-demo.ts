import { dataOf } from "@bodega/sdk";
import { useLocalStorage } from "@mantine/hooks";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";

/** While the demo is being filled, how often its count is asked for. */
const fillingMs = 1_500;

const demoQuery = queryOptions({
  queryKey: ["catalog", "demo"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/demo", { signal })),
  refetchInterval: (query) => (query.state.data?.state === "seeding" ? fillingMs : false),
});

/** The demo shop while there is one, and whether its welcome was dismissed in this browser. */
export function useDemo() {
  const [isDismissed, setIsDismissed] = useLocalStorage({
    key: "bodega.demo-welcome.dismissed",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const { state, products = 0, total = 0 } = useQuery(demoQuery).data ?? {};
  const isThere = state === "seeding" || (state === "ready" && products > 0);
  return { isThere, isSeeding: state === "seeding", products, total, isDismissed, setIsDismissed };
}
