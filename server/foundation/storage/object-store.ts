/** What a store knows of one object. `etag` is the store's own and opaque; `sha256` is ours, hex. */
export interface ObjectHead {
  readonly key: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly etag: string;
  readonly modifiedAt: Date;
}

export interface ObjectPage {
  readonly objects: readonly { readonly key: string; readonly sizeBytes: number; readonly modifiedAt: Date }[];
  /** Pass back as `after` to go on; null at the end. */
  readonly nextAfter: string | null;
}

export interface PutOptions {
  readonly contentType: string;
  readonly signal?: AbortSignal;
}

/** `bytes=start-end`, both inclusive, already made to fit the object. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where bytes live: a folder or an S3 bucket, told apart by configuration only. Keys are `/`-separated, made by us, and
 * immutable: the same key never holds other bytes.
 *
 * Errors: `StoreError` alone, with `kind` `missing` (no such object), `invalid-key`, `transient` (worth another try:
 * timeouts, connection faults, 429, 5xx) or `permanent`.
 */
export abstract class ObjectStore {
  /** For people: `folder /srv/bodega/objects` or `s3 https://… bucket`. Holds no secret. */
  abstract readonly description: string;

  /**
   * Stores the whole object or nothing, and has it confirmed: on return, the object was read back by `head` with the
   * size that was sent. Returns that head.
   */
  abstract put(key: string, body: Uint8Array | NodeJS.ReadableStream, options: PutOptions): Promise<ObjectHead>;
  abstract head(key: string, signal?: AbortSignal): Promise<ObjectHead | null>;
  /** The whole object in memory; throws `StoreError` `missing`, or `permanent` when it is larger than `bytesMax`. */
  abstract get(key: string, options: { readonly bytesMax: number; readonly signal?: AbortSignal }): Promise<Uint8Array>;
  abstract stream(
    key: string,
    options?: { readonly range?: ByteRange; readonly signal?: AbortSignal },
  ): Promise<ReadableStream<Uint8Array>>;
  /** Says nothing when the object was not there: the wish is fulfilled. */
  abstract delete(key: string, signal?: AbortSignal): Promise<void>;
  /** Objects whose key starts with `prefix`, which ends in `/` (so that `a/` never matches `ab/`), in key order. */
  abstract list(
    prefix: string,
    options?: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<ObjectPage>;
  /** Removes all objects under `prefix` (which ends in `/`); returns how many. */
  abstract deletePrefix(prefix: string, signal?: AbortSignal): Promise<number>;
  /**
   * An address at which a browser can fetch the object: from the root of this server (`/media/…`) or absolute
   * (`PUBLIC_MEDIA_URL`).
   */
  abstract url(key: string): string;
  /** Writes, reads and removes a small object; throws when the store cannot be worked with. */
  abstract probe(signal?: AbortSignal): Promise<void>;
}

export type StoreErrorKind = "missing" | "invalid-key" | "transient" | "permanent";

export class StoreError extends Error {
  readonly kind: StoreErrorKind;
  readonly key: string;

  constructor(kind: StoreErrorKind, key: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StoreError";
    this.kind = kind;
    this.key = key;
  }

  get isTransient(): boolean {
    return this.kind === "transient";
  }
}
