import { dataOf } from "@bodega/sdk";
import { useInfiniteQuery } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import type { LedgerAddress } from "./address.ts";

const pageSize = 100;

/** What the server is asked for, and its file too. */
export const ledgerFilterOf = ({ type, location, document }: LedgerAddress, productId?: string) => ({
  ...(productId !== undefined && { productId }),
  ...(type !== undefined && { type }),
  ...(location !== undefined && { locationId: location }),
  ...(document !== undefined && { documentId: document }),
});

/** Movements, newest first, page after page. */
export function useLedger(address: LedgerAddress, productId?: string) {
  const filter = ledgerFilterOf(address, productId);
  return useInfiniteQuery({
    queryKey: [...inventoryKey, "ledger", filter],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/stock/movements", {
          signal,
          params: { query: { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
