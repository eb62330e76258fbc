import { dataOf, type paths } from "@bodega/sdk";
import { useServerEvents } from "@bodega/sdk/react";
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey, type StockLevel } from "../shared/inventory-queries.ts";
import { productsOfEvent } from "../shared/use-stock-events.ts";
import type { StockAddress } from "./address.ts";

type StockQuery = NonNullable<paths["/v1/stock"]["get"]["parameters"]["query"]>;

export interface StockPage {
  readonly items: readonly StockLevel[];
  readonly nextCursor: string | null;
}

/** Of every view of the list. */
export const stockListKey = [...inventoryKey, "list"] as const;

/** As many as the server gives at once: fewer waits while one scrolls. */
const pageSize = 200;
/** Events of a burst are answered together, and more products than these by reading the list anew. */
const pauseMs = 400;
const productsMax = 12;

export function stockQueryOf({ q, location, view, sort }: StockAddress) {
  return {
    sort: sort ?? "name",
    ...(q !== undefined && { query: q }),
    ...(location !== undefined && { locationId: location }),
    ...((view === "low" || view === "out") && { state: view }),
    ...(view === "reserved" && { reserved: "true" as const }),
  } satisfies StockQuery;
}

/** The levels of a view, page after page. What happens to a product is read for that product alone. */
export function useStockList(address: StockAddress) {
  const queryClient = useQueryClient();
  const query = useMemo(() => stockQueryOf(address), [address]);
  const queryKey = useMemo(() => [...stockListKey, query], [query]);
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }): Promise<StockPage> =>
      dataOf(
        client.http.GET("/v1/stock", {
          signal,
          params: { query: { ...query, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // Reading a long list anew is a request a page, and events tell what changed.
    meta: { followsEvents: true },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const touched = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const readTouched = async () => {
    const ids = [...touched.current];
    touched.current.clear();
    if (ids.length > productsMax) return queryClient.invalidateQueries({ queryKey });
    const answers = await Promise.all(
      ids.map((productId) =>
        dataOf(client.http.GET("/v1/stock", { params: { query: { productId, limit: pageSize } } })),
      ),
    );
    const fresh = new Map(answers.flatMap(({ items }) => items).map((level) => [keyOf(level), level]));
    queryClient.setQueryData<InfiniteData<StockPage>>(queryKey, (data) => data && replaced(data, fresh));
  };
  useServerEvents("stock", ({ payload }) => {
    for (const id of productsOfEvent(payload)) touched.current.add(id);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // The transport has reported it; the next event asks again.
      readTouched().catch(() => undefined);
    }, pauseMs);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const levels = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  return { ...list, levels };
}

export const keyOf = ({ productId, locationId }: StockLevel): string => `${productId} ${locationId}`;

/** The list with these levels in place of those that it had. */
export function replaced(
  data: InfiniteData<StockPage>,
  fresh: ReadonlyMap<string, StockLevel>,
): InfiniteData<StockPage> {
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.map((level) => fresh.get(keyOf(level)) ?? level) })),
  };
}
