import { randomUUID } from "node:crypto";

/** What a store knows of one object. `etag` is the store's own: opaque, strong, quoted, fit to be sent as `ETag`. */
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
  /** Must be the type that the key's extension stands for (`content-type.ts`). */
  readonly contentType: string;
  readonly signal?: AbortSignal;
}

export interface SignedUrlOptions {
  /** Until when the address is good. */
  readonly expiresAt: Date;
  /** Makes browsers save the object under this name rather than show it; letters, digits, `.`, `_`, `-` and spaces. */
  readonly fileName?: string;
}

/** What an address with a good signature allows. */
export interface MediaGrant {
  readonly expiresAt: Date;
  readonly fileName: string | null;
}

/** `bytes=start-end`, both inclusive, already made to fit the object. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where bytes live: a folder or an S3 bucket, told apart by configuration only. Keys are `/`-separated, made by us
 * (`object-key.ts` says what they look like), and immutable: the same key never holds other bytes.
 *
 * Errors: `StoreError`, with `kind` `missing` (no such object), `invalid-key`, `transient` (worth another try: timeouts,
 * connection faults, 429, 5xx) or `permanent`. Two things pass through as they are, because they are not the store's:
 * the reason of an aborted `signal`, and whatever error the body of a `put` was ended with.
 */
export abstract class ObjectStore {
  /** For people: `folder /srv/bodega/objects` or `s3 https://… bucket`. Holds no secret. */
  abstract readonly description: string;

  /**
   * Stores the whole object or nothing, and has it confirmed: on return, the object was read back by `head` with the
   * size that was sent. Returns that head. A stream is read to its end, or destroyed when the put fails.
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
  /**
   * Objects whose key starts with `prefix`, which ends in `/` (so that `a/` never matches `ab/`) or is empty (all), in
   * key order, those after the key `after`. At most `limit` of them: 1,000, which is also the most.
   */
  abstract list(
    prefix: string,
    options?: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<ObjectPage>;
  /**
   * Removes all objects under `prefix` (which ends in `/` and is not empty); returns how many. Goes on past objects that
   * cannot be removed and names them in the error thrown at the end.
   */
  abstract deletePrefix(prefix: string, signal?: AbortSignal): Promise<number>;
  /**
   * An address at which a browser can fetch the object: from the root of this server (`/media/…`) or absolute
   * (`PUBLIC_MEDIA_URL`).
   */
  abstract url(key: string): string;
  /**
   * An address at which whoever has it can fetch the object until `expiresAt`, also one that is not public. The same key
   * and the same end give the same address, so that browsers need not fetch again what they have.
   */
  abstract signedUrl(key: string, options: SignedUrlOptions): Promise<string>;

  /**
   * What the query of `GET /media/{key}` allows, when `signedUrl` made it; null when it did not, `expired` when it is too
   * late. A store whose signed addresses lead elsewhere knows none.
   */
  async grantOf(_key: string, _query: URLSearchParams, _now?: Date): Promise<MediaGrant | "expired" | null> {
    return null;
  }

  /**
   * Removes what interrupted writes left behind `olderThanMs` ago (a day) or earlier; returns how many. A store in which
   * interrupted writes leave nothing has nothing to do.
   */
  async removeAbandonedUploads(_options: { readonly olderThanMs?: number } = {}): Promise<number> {
    return 0;
  }

  /** Writes, reads, lists and removes a small object; throws when the store cannot be worked with. */
  async probe(signal?: AbortSignal): Promise<void> {
    const key = `probe/${randomUUID()}.txt`;
    const sent = Buffer.from(key);
    await this.put(key, sent, { contentType: "text/plain", signal });
    try {
      const read = await this.get(key, { bytesMax: sent.byteLength, signal });
      if (!sent.equals(read)) {
        throw new StoreError("permanent", key, `The ${this.description} gave other bytes than it was given.`);
      }
      await this.list("probe/", { limit: 1, signal });
    } finally {
      await this.delete(key, signal);
    }
  }
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
