import {
  isProductImagesEvent,
  type ProductImagesEvent,
  photoStatus,
  productImagesTopic,
  type Upload,
} from "@bodega/sdk";
import { useServerEvents } from "@bodega/sdk/react";
import { useEffect, useRef, useState } from "react";
import { client } from "../../../shared/server/client.ts";

/** How the thumbnails of an uploaded photo ended. */
export type PhotoOutcome =
  | { readonly kind: "ready" }
  | { readonly kind: "skipped" | "failed"; readonly reason: string | null };

/** Asked again so often, a few at a time, in case an event was missed. */
const askEveryMs = 2_500;
const askedAtOnce = 6;

/**
 * How each photo ended that the server has accepted: told by events, and after a reload, or where one was missed, asked
 * for, so that the sum at the end can be trusted.
 */
export function usePhotoOutcomes(uploads: readonly Upload[]): {
  readonly outcomes: ReadonlyMap<string, PhotoOutcome>;
  /** It is being tried again, so nothing is known any more. */
  readonly forget: (imageId: string) => void;
} {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, PhotoOutcome>>(new Map());
  const learn = (imageId: string, outcome: PhotoOutcome) =>
    setOutcomes((known) => new Map(known).set(imageId, outcome));

  useServerEvents(productImagesTopic, ({ payload }) => {
    if (!isProductImagesEvent(payload)) return;
    const outcome = outcomeOf(payload);
    if (outcome !== null) learn(payload.imageId, outcome);
  });

  const open = uploads.flatMap(({ imageId }) => (imageId !== null && !outcomes.has(imageId) ? [imageId] : []));
  const waiting = useRef(open);
  useEffect(() => {
    waiting.current = open;
  });
  const isWaiting = open.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `learn` does the same at every render
  useEffect(() => {
    if (!isWaiting) return undefined;
    const stopped = new AbortController();
    const ask = async (imageId: string) => {
      const image = await client.images.read(imageId, { signal: stopped.signal });
      const status = photoStatus(image);
      if (status.kind === "ready") learn(imageId, { kind: "ready" });
      if (status.kind === "skipped" || status.kind === "failed") learn(imageId, status);
    };
    const timer = setInterval(() => {
      // One that cannot be read now is asked for in the next round.
      void Promise.allSettled(waiting.current.slice(0, askedAtOnce).map(ask));
    }, askEveryMs);
    return () => {
      stopped.abort();
      clearInterval(timer);
    };
  }, [isWaiting]);
  const forget = (imageId: string) => setOutcomes((known) => new Map([...known].filter(([id]) => id !== imageId)));
  return { outcomes, forget };
}

function outcomeOf({ phase, reason }: ProductImagesEvent): PhotoOutcome | null {
  switch (phase) {
    case "thumbnails_ready":
      return { kind: "ready" };
    case "thumbnails_skipped_webp":
      return { kind: "skipped", reason: reason ?? "WEBP_SKIPPED" };
    case "thumbnails_failed":
      return { kind: "failed", reason: reason ?? null };
    case "base_insert":
    case "thumbnails_partial":
    case "repair":
      return null;
  }
}
