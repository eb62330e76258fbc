import { isOver, type Upload } from "@bodega/sdk";
import type { PhotoOutcome } from "./use-photo-outcomes.ts";

/** Where one photo stands on its whole way, from the file to its thumbnails. */
export type BulkStep =
  | { readonly kind: "queued" | "sending" | "generating" | "ready" | "cancelled" }
  | { readonly kind: "skipped" | "failed"; readonly reason: string | null };

export interface BulkSummary {
  readonly count: number;
  readonly ready: number;
  readonly underWay: number;
  readonly cancelled: number;
  /** Reasons with how often each. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly failed: ReadonlyMap<string, number>;
  readonly skippedCount: number;
  readonly failedCount: number;
}

/** The same object each time: only tiles that changed are drawn again. */
const queued: BulkStep = { kind: "queued" };
const sending: BulkStep = { kind: "sending" };
const generating: BulkStep = { kind: "generating" };
const cancelled: BulkStep = { kind: "cancelled" };
const repeated: BulkStep = { kind: "skipped", reason: "DUPLICATE" };

export function stepOf(upload: Upload, outcomes: ReadonlyMap<string, PhotoOutcome>): BulkStep {
  switch (upload.status) {
    case "queued":
      return queued;
    case "uploading":
      return sending;
    case "skipped":
      return repeated;
    case "cancelled":
      return cancelled;
    case "failed":
      return { kind: "failed", reason: upload.error?.code ?? null };
    case "done":
      return outcomes.get(upload.imageId ?? "") ?? generating;
  }
}

/** What can be said of all; every photo is counted in exactly one place. */
export function summaryOf(steps: readonly BulkStep[]): BulkSummary {
  const count = (...kinds: readonly BulkStep["kind"][]) => steps.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    count: steps.length,
    ready: count("ready"),
    underWay: count("queued", "sending", "generating"),
    cancelled: count("cancelled"),
    skipped: reasonsOf(steps, "skipped"),
    failed: reasonsOf(steps, "failed"),
    skippedCount: count("skipped"),
    failedCount: count("failed"),
  };
}

function reasonsOf(steps: readonly BulkStep[], kind: "skipped" | "failed"): ReadonlyMap<string, number> {
  const reasons = new Map<string, number>();
  for (const step of steps) {
    if (step.kind !== kind || !("reason" in step)) continue;
    const reason = step.reason ?? "unknown";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

export interface Sent {
  readonly sizeBytes: number;
  readonly sentBytes: number;
}

/** What is to be sent and what is; photos that were left out or given up are not to be sent any more. */
export function sentOf(uploads: readonly Upload[]): Sent {
  const counted = uploads.filter((upload) => !isOver(upload) || upload.status === "done");
  return {
    sizeBytes: counted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sentBytes: counted.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  };
}
