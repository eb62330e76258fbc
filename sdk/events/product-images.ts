import type { ProductImagesEvent, ThumbnailPhase } from "../model.ts";
import { Coalescer } from "./coalesce.ts";

export const productImagesTopic = "product-images";

/** The name of the DOM event, for code that listens there. */
export const productImagesReady = "productImagesReady";

/** A storm of events about one product makes one refresh (requirement 02, §3). */
export const coalesceMs = 250;
const coalesceMaxMs = 1_000;

/** Hands over the events of each product together, once they are quiet for `coalesceMs`. */
export function coalesceByProduct(
  flush: (productId: string, events: readonly ProductImagesEvent[]) => void,
): Coalescer<ProductImagesEvent> {
  return new Coalescer({ keyOf: (event) => event.productId, flush, quietMs: coalesceMs, maxMs: coalesceMaxMs });
}

/** Dispatches `productImagesReady` with the event as its `detail`, at `window` if there is one. */
export function dispatchProductImagesReady(
  event: ProductImagesEvent,
  target: EventTarget | undefined = globalThis.window,
): void {
  target?.dispatchEvent(new CustomEvent<ProductImagesEvent>(productImagesReady, { detail: event }));
}

const phases: Readonly<Record<ThumbnailPhase, true>> = {
  base_insert: true,
  thumbnails_partial: true,
  thumbnails_ready: true,
  thumbnails_skipped_webp: true,
  thumbnails_failed: true,
  repair: true,
};

/** Whether a payload is one that this version knows; a phase of a later one is left alone. */
export function isProductImagesEvent(payload: unknown): payload is ProductImagesEvent {
  if (typeof payload !== "object" || payload === null) return false;
  return (
    "productId" in payload &&
    typeof payload.productId === "string" &&
    "imageId" in payload &&
    typeof payload.imageId === "string" &&
    "revision" in payload &&
    typeof payload.revision === "number" &&
    "phase" in payload &&
    typeof payload.phase === "string" &&
    Object.hasOwn(phases, payload.phase)
  );
}
