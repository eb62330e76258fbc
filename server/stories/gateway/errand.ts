import type { Foundation } from "../../foundation/foundation.ts";
import type { Verdict } from "./classification.ts";
import type { GatewayMetrics } from "./gateway-metrics.ts";
import type { ImageRequest, Resolution } from "./image-request.ts";

/** One wish on its way through the providers. */
export interface Errand {
  readonly foundation: Foundation;
  readonly metrics: GatewayMetrics;
  readonly request: ImageRequest;
  readonly promptHmac: string;
  /** What the picture is to have in the end, whoever makes it. */
  readonly target: Resolution;
  /** The caller's. */
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly deadline: number;
  readonly timeoutMs: number;
  /** Every call so far, and every provider that was passed by, for whoever is told that it failed. */
  readonly trail: TrailEntry[];
}

export interface TrailEntry {
  readonly [member: string]: unknown;
  readonly provider: string;
  readonly model: string;
  readonly reason: string;
  readonly outcome: Verdict | "cancelled" | "skipped" | "budget";
  readonly httpStatus: number | null;
  readonly latencyMs: number | null;
}

/** What became of asking one provider. */
export type Answer =
  | { readonly outcome: "image"; readonly attemptId: string }
  | { readonly outcome: Exclude<Verdict, "image"> | "budget"; readonly reason: string };

/** A call that would have less time than this is not begun. */
export const callMsMin = 1_000;

export const remainingMs = ({ deadline }: Errand): number => Math.max(0, Math.floor(deadline - performance.now()));
