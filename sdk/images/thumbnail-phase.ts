import type { ProductImage, ThumbnailPhase } from "../model.ts";

/** The phases that a query of a thumbnail goes through; the last three are final. */
export type ThumbnailQueryPhase = "base_insert" | "thumbnails_partial" | "repair" | FinalPhase;
export type FinalPhase = "thumbnails_ready" | "thumbnails_skipped_webp" | "thumbnails_failed";

export interface PhaseLifetime {
  /** How long what was read counts as fresh. */
  readonly staleTimeMs: number;
  /** How long it is kept when nobody looks. */
  readonly keptMs: number;
  /** How often to ask again while somebody looks; false: events tell. */
  readonly refetchEveryMs: number | false;
}

const minuteMs = 60_000;

/** What is about to change lives for moments; what is final lives until an event says otherwise. */
const lifetimes: Readonly<Record<ThumbnailQueryPhase, PhaseLifetime>> = {
  base_insert: { staleTimeMs: 0, keptMs: minuteMs, refetchEveryMs: 2_500 },
  repair: { staleTimeMs: 0, keptMs: minuteMs, refetchEveryMs: 2_500 },
  thumbnails_partial: { staleTimeMs: 2_000, keptMs: minuteMs, refetchEveryMs: 10_000 },
  thumbnails_ready: { staleTimeMs: Number.POSITIVE_INFINITY, keptMs: 30 * minuteMs, refetchEveryMs: false },
  thumbnails_skipped_webp: { staleTimeMs: Number.POSITIVE_INFINITY, keptMs: 30 * minuteMs, refetchEveryMs: false },
  thumbnails_failed: { staleTimeMs: 30_000, keptMs: 5 * minuteMs, refetchEveryMs: false },
};

export const lifetimeOf = (phase: ThumbnailQueryPhase): PhaseLifetime => lifetimes[phase];

export function isFinalPhase(phase: ThumbnailPhase): phase is FinalPhase {
  return phase === "thumbnails_ready" || phase === "thumbnails_skipped_webp" || phase === "thumbnails_failed";
}

/** The phase that a main photo's state stands for; a product without photos is final: there is nothing to wait for. */
export function phaseOf(image: Pick<ProductImage, "thumbnailState"> | undefined): ThumbnailQueryPhase {
  switch (image?.thumbnailState) {
    case undefined:
    case "none":
    case "ready":
      return "thumbnails_ready";
    case "partial":
      return "thumbnails_partial";
    case "skipped":
      return "thumbnails_skipped_webp";
    case "failed":
      return "thumbnails_failed";
    case "uploaded":
    case "generating":
    case "retry_scheduled":
      return "base_insert";
  }
}
