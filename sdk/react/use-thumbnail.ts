import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { productOf } from "../images/merge-product.ts";
import { isFinalPhase, type ThumbnailQueryPhase } from "../images/thumbnail-phase.ts";
import type { ProductImage } from "../model.ts";
import { useBodega } from "./provider.tsx";
import type { ThumbnailDebugInfo } from "./thumbnail-debug.ts";
import type { QueryOptions } from "./use-products.ts";

export interface ThumbnailResult {
  /** The main photo; undefined until it is known, null when the product has none. */
  readonly image: ProductImage | null | undefined;
  readonly phase: ThumbnailQueryPhase;
  readonly isFinal: boolean;
  readonly error: Error | null;
}

/**
 * The main photo of a product, from its insertion to its last variant. Enable it only near the viewport: until its phase
 * is final it asks every few seconds, in case an event was missed.
 */
export function useThumbnail(productId: string, { enabled = true }: QueryOptions = {}): ThumbnailResult {
  const { thumbnails } = useBodega();
  const phaseNow = () => thumbnails.phase(productId);
  const phase = useSyncExternalStore(thumbnails.subscribe, phaseNow, phaseNow);
  const { data, error } = useQuery({
    ...thumbnails.query(productId, phase),
    enabled,
    // What the phase before showed goes on being shown until there is better.
    placeholderData: () => thumbnails.known(productId),
  });
  useEffect(() => {
    if (isFinalPhase(phase)) thumbnails.forgetTransient(productId);
  }, [thumbnails, productId, phase]);
  const image = data === undefined ? undefined : (productOf(data).images[0] ?? null);
  return { image, phase, isFinal: isFinalPhase(phase), error };
}

/** What happened to thumbnails in this page lately, with sums such as the efficiency of the cache. */
export function useThumbnailDebugInfo(): ThumbnailDebugInfo {
  const { debug } = useBodega();
  return useSyncExternalStore(debug.subscribe, debug.info, debug.info);
}
