import { useEffect, useReducer } from "react";
import { BodegaError } from "../client/bodega-error.ts";
import { retryDelayMs, startLoading, stepLoading } from "../images/image-loading.ts";
import type { ProductImage } from "../model.ts";
import { useBodega } from "./provider.tsx";

/** Repairs asked for in one page; more than that is not a missing picture but a missing store. */
const repairsMax = 200;

/**
 * Carries out what `stepLoading` says for one `<img>`: waits, tries again, asks for repair once. Steps that change nothing
 * are not taken: each would draw the picture again.
 */
export function useImageLoading(image: ProductImage | null, source: string | null, isNear: boolean) {
  const { client, debug, repairsAsked, reports } = useBodega();
  const [state, step] = useReducer(stepLoading, startLoading(source, isNear));
  const imageId = image?.id;
  const productId = image?.productId ?? null;

  const isOther = state.source !== source;
  useEffect(() => {
    if (isOther) step({ type: "source", source });
  }, [isOther, source]);
  const isToBegin = isNear && state.phase === "waiting";
  useEffect(() => {
    if (isToBegin) step({ type: "near" });
  }, [isToBegin]);
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
    // The tries go on with or without repair; that it was refused is for whoever looks after the shop.
    client.images.repair(imageId).catch((error: unknown) => {
      debug.record("repair_refused", productId, error instanceof BodegaError ? error.code : null);
      reports.error(error);
    });
  }, [state, imageId, productId, client, debug, repairsAsked, reports]);

  return {
    state,
    onLoad: () => {
      debug.record("image_shown", productId);
      if (state.failures > 0) step({ type: "loaded" });
    },
    onError: () => {
      debug.record("image_error", productId);
      step({ type: "failed" });
    },
    again: () => step({ type: "again" }),
  };
}
