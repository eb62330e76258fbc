import type { ImageSize, ImageType, PictureMimeType, ProviderName } from "../types.ts";

/** One picture, asked of whoever can make it. */
export interface ImageRequest {
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly imageType: ImageType;
  /** Goes to the provider as it is: never trimmed, cut or completed. */
  readonly prompt: string;
  readonly size: ImageSize;
  /** The picture of the character; at most one, whatever a model could take. */
  readonly reference: ReferencePicture | null;
  /** `scenes.character`, from which the offline illustrator takes the character's look; the others see the reference. */
  readonly characterText: string | null;
  /** ISO 3166-1 alpha-2, or null when nobody knows. */
  readonly region: string | null;
  /** The same for every repeat of the same wish: what was made (and paid) under it is answered again. */
  readonly idempotencyKey: string;
  /** Id of who asked; null for the shop itself. */
  readonly requestedBy: string | null;
  /** For trying a provider out: asks this one, with no fallback. */
  readonly providerOverride?: ProviderName;
}

export interface ReferencePicture {
  readonly bytes: Uint8Array;
  readonly mimeType: PictureMimeType;
  /** Hex. */
  readonly sha256: string;
}

/** Pixels, `832x1248`. */
export type Resolution = `${number}x${number}`;

/** What is told of a picture to callers, word by word (contracts, *Stories*). */
export interface ImageMetadata {
  readonly providerUsed: ProviderName;
  readonly model: string;
  readonly fallbackUsed: boolean;
  readonly fallbackReason: string | null;
  readonly aspectRatio: string;
  readonly aspectRatioFallback: string | null;
  readonly originalResolution: Resolution;
  readonly finalResolution: Resolution;
  readonly resizedFrom: Resolution | null;
  readonly resizedTo: Resolution | null;
  readonly latencyMs: number;
  /** Calls to providers that it took, failed ones too. */
  readonly attempts: number;
  /** Decimal text, US dollars, of all attempts. */
  readonly costUsd: string;
}

export interface GeneratedImage {
  readonly bytes: Uint8Array;
  /** By the bytes, not by what the provider said. */
  readonly mimeType: PictureMimeType;
  /** Hex SHA-256 of `bytes`. */
  readonly imageHash: string;
  /** Object key of the provider's own bytes when `bytes` are not they (resized or marked); else null. */
  readonly originalKey: string | null;
  /** Whether the provider's bytes carry C2PA provenance. */
  readonly hasC2pa: boolean;
  /** HMAC of the prompt, the only form in which it is logged. */
  readonly promptHmac: string;
  /** Hex SHA-256 of the reference that was really sent; null when none was. */
  readonly referenceHash: string | null;
  readonly metadata: ImageMetadata;
}
