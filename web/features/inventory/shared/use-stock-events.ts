import { useServerEvents } from "@bodega/sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { inventoryKey } from "./inventory-queries.ts";

/** A busy till is dozens of events a second, and nobody reads that fast. */
const pauseMs = 400;

/**
 * Keeps what is on the screen at what the shop has: after an event, what is being looked at is read anew, once for a burst
 * of them. Long lists see to themselves: their queries say so by `meta.followsEvents`.
 */
export function useStockEvents(): void {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useServerEvents("stock", () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queryClient.invalidateQueries({
        queryKey: inventoryKey,
        refetchType: "active",
        predicate: ({ meta }) => meta?.followsEvents !== true,
      });
    }, pauseMs);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** Of which products an event of the topic `stock` tells. */
export function productsOfEvent(payload: unknown): readonly string[] {
  if (typeof payload !== "object" || payload === null || !("lines" in payload) || !Array.isArray(payload.lines))
    return [];
  return payload.lines.flatMap((line: unknown) =>
    typeof line === "object" && line !== null && "productId" in line && typeof line.productId === "string"
      ? [line.productId]
      : [],
  );
}
