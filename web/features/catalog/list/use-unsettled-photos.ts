import { knownProduct, type Product } from "@bodega/sdk";
import { useBodega } from "@bodega/sdk/react";
import { useEffect, useRef } from "react";

const unsettledStates: ReadonlySet<string> = new Set(["uploaded", "generating", "retry_scheduled"]);
const askEveryMs = 3_000;
const askedAtOnce = 6;

/**
 * Asks for those products whose photo is still being worked on: an event may have come before the list that its product
 * is in.
 */
export function useUnsettledPhotos(products: readonly Product[]): void {
  const { client, cache } = useBodega();
  const unsettled = useRef<readonly string[]>([]);
  useEffect(() => {
    unsettled.current = products
      .filter(({ images: [main] }) => main?.thumbnails === null && unsettledStates.has(main.thumbnailState))
      .map(({ id }) => id);
  }, [products]);
  useEffect(() => {
    const ask = async (id: string) => {
      const { product, etag } = await client.products.read(id);
      cache.put(knownProduct(product), etag);
    };
    const timer = setInterval(() => {
      if (document.hidden) return;
      // One that cannot be read now is asked for in the next round.
      void Promise.allSettled(unsettled.current.slice(0, askedAtOnce).map(ask));
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [client, cache]);
}
