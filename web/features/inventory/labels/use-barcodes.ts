import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Barcode, barcodeMaker, codeOf } from "./barcode.ts";
import type { LabelOrder } from "./use-label-list.ts";

/** The barcodes of what is to be printed, by product; null until the program that makes them has come. */
export function useBarcodes(orders: readonly LabelOrder[]) {
  const maker = useQuery({
    queryKey: ["inventory", "barcode-maker"],
    queryFn: barcodeMaker,
    enabled: orders.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const make = maker.data;
  const barcodes = useMemo((): ReadonlyMap<string, Barcode | null> | null => {
    if (make === undefined) return orders.length === 0 ? new Map() : null;
    return new Map(orders.map(({ product }) => [product.id, make(codeOf(product))]));
  }, [orders, make]);
  return { barcodes, error: maker.error, retry: () => void maker.refetch() };
}
