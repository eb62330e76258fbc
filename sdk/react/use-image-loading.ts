import { useEffect, useReducer } from "react";
import { retryDelayMs, startLoading, stepLoading } from "../images/image-loading.ts";
import type { ProductImage } from "../model.ts";
import { useBodega } from "./provider.tsx";

/** Repairs asked for in one page; more than that is not a missing picture but a missing store. */
const repairsMax = 200;

/** Carries out what `stepLoading` says for one `<img>`: waits, tries again, asks for repair once. */
export function useImageLoading(image: ProductImage | null, source: string | null, isNear: boolean) {
  const { client, debug, repairsAsked } = useBodega();
  const [state, step] = useReducer(stepLoading, startLoading(source, isNear));
  const imageId = image?.id;
  const productId = image?.productId ?? null;

  useEffect(() => step({ type: "source", source }), [source]);
  useEffect(() => {
    if (isNear) step({ type: "near" });
  }, [isNear]);
  useEffect(() => {
    const delayMs = retryDelayMs(state);
    if (delayMs === null) return undefined;
    const timer = setTimeout(() => step({ type: "again" }), delayMs);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    const isWorth = state.shouldAskRepair && imageId !== undefined && globalThis.navigator?.onLine !== false;
    if (!isWorth || state.source === null || repairsAsked.has(state.source) || repairsAsked.size >= repairsMax) return;
    repairsAsked.add(state.source);
    debug.record("repair_asked", productId);
    // The transport reports a failure; the tries go on with or without repair.
    client.images.repair(imageId).catch(() => undefined);
  }, [state, imageId, productId, client, debug, repairsAsked]);

  return {
    state,
    onLoad: () => {
      debug.record("image_shown", productId);
      step({ type: "loaded" });
    },
    onError: () => {
      debug.record("image_error", productId);
      step({ type: "failed" });
    },
    again: () => step({ type: "again" }),
  };
}
