import type { ImageType, ProviderName } from "../types.ts";
import type { ReferencePicture } from "./image-request.ts";
import type { ImageModel } from "./models.ts";
import type { Frame } from "./sizes.ts";

/** What one provider is asked for, once. */
export interface ProviderCall {
  /** Goes on the wire as it is. */
  readonly prompt: string;
  readonly characterText: string | null;
  readonly imageType: ImageType;
  readonly model: ImageModel;
  /** What the model is asked to make. */
  readonly frame: Frame;
  readonly reference: ReferencePicture | null;
  /** Sent as `Idempotency-Key`. */
  readonly idempotencyKey: string;
}

/**
 * How a call ended, told as facts and judged by nobody yet: `classification.ts` does that, by its table. A fact is
 * `field:value`, e.g. `status:503`, `finishReason:IMAGE_SAFETY`, `code:moderation_blocked`, `image:present`.
 */
export interface ProviderAnswer {
  readonly facts: readonly string[];
  /** As the provider made it; null when it made none. */
  readonly picture: Uint8Array | null;
  /** What the provider says it takes, in millionths of a US dollar; null when it does not say. */
  readonly costMicroUsd: number | null;
  /** How long the provider asks to be left alone (Retry-After, RetryInfo). */
  readonly retryAfterMs: number | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
}

/** Whoever can make a picture. */
export interface ImageProvider {
  readonly name: ProviderName;
  /** Whether its pictures cost money, and so count against the budget. */
  readonly isPaid: boolean;
  /** At most so many calls at once, over all processes (requirement 05, *Limitar concurrencia*). */
  readonly callsAtOnce: number;
  /** False: no key, so it cannot be asked. */
  readonly isConfigured: boolean;
  readonly model: ImageModel;
  /**
   * Asks once, with no retry. What a provider does wrong is never thrown, but told in the facts; the same for `signal`:
   * who aborted it is known to the caller.
   */
  readonly generate: (call: ProviderCall, signal: AbortSignal) => Promise<ProviderAnswer>;
}

/** An answer of which nothing but these facts is known. */
export function factsOnly(facts: readonly string[], more: Partial<ProviderAnswer> = {}): ProviderAnswer {
  return { facts, picture: null, costMicroUsd: null, retryAfterMs: null, httpStatus: null, requestId: null, ...more };
}
