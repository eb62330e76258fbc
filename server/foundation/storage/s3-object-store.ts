import { addAbortSignal, Readable } from "node:stream";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { bodyChunks, collectBytes, type ObjectBody } from "./body-bytes.ts";
import { contentTypeOfKey, matchingContentType } from "./content-type.ts";
import { isObjectKey, objectKey, objectPrefix, removablePrefix } from "./object-key.ts";
import {
  type ByteRange,
  type ObjectHead,
  type ObjectPage,
  ObjectStore,
  type PutOptions,
  type SignedUrlOptions,
  StoreError,
} from "./object-store.ts";
import { type MediaAddress, objectUrl } from "./object-url.ts";
import { readableBytes } from "./readable-bytes.ts";
import { removalFailures } from "./removal-failures.ts";
import { sendContentMd5 } from "./s3-content-md5.ts";
import { storeErrorOfS3, storeErrorOfS3Entry } from "./s3-error.ts";

export interface S3ObjectStoreOptions extends MediaAddress {
  /** Origin (and path) of a server that speaks S3; AWS when left out. */
  readonly endpoint?: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; most servers other than AWS need it. */
  readonly forcePathStyle: boolean;
  /** The longest wait for an answer, and the longest silence inside one. */
  readonly timeoutMs?: number;
  /** A put of a stream is gathered in memory, so it has a bound. */
  readonly putBytesMax?: number;
}

/** The most that `ListObjectsV2` gives and `DeleteObjects` takes. */
const pageLimitMax = 1000;
/** A transfer may take `timeoutMs` plus its size at this speed; slower than that is a fault. */
const slowestBytesPerSecond = 256 * 1024;

/** How long before its end an address counts as signed; ends further away than this cannot be had. */
const signedForMs = 3_600_000;

/**
 * Objects in a bucket of any server that speaks S3. Nothing is tried twice here: callers know what may be repeated
 * (`retryTransient`, the jobs' own retries).
 */
export class S3ObjectStore extends ObjectStore {
  readonly description: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #address: MediaAddress;
  readonly #timeoutMs: number;
  readonly #putBytesMax: number;

  constructor(options: S3ObjectStoreOptions) {
    super();
    this.#bucket = options.bucket;
    this.#address = options;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#putBytesMax = options.putBytesMax ?? 32 * 1024 * 1024;
    this.#client = new S3Client({
      endpoint: options.endpoint,
      region: options.region,
      credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
      forcePathStyle: options.forcePathStyle,
      maxAttempts: 1,
      requestHandler: { connectionTimeout: Math.min(5_000, this.#timeoutMs) },
      // Checksums in trailers and `Expect: 100-continue` are not understood by every server.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      expectContinueHeader: false,
    });
    sendContentMd5(this.#client);
    const endpoint = options.endpoint ?? `https://s3.${options.region}.amazonaws.com`;
    const { origin, pathname } = new URL(endpoint);
    this.description = `s3 ${origin}${pathname.replace(/\/$/, "")} ${options.bucket}`;
  }

  async put(key: string, body: ObjectBody, { contentType, signal }: PutOptions): Promise<ObjectHead> {
    objectKey(key);
    const storedType = matchingContentType(key, contentType);
    const bytes = await collectBytes(bodyChunks(body, signal), this.#putBytesMax, () => {
      return new StoreError("permanent", key, `${key} is larger than ${this.#putBytesMax} bytes.`);
    });
    const timeoutMs = this.#transferTimeoutMs(bytes.byteLength);
    await this.#within({ key, doing: "write", timeoutMs, signal }, (abortSignal) =>
      this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          Body: bytes,
          ContentLength: bytes.byteLength,
          ContentType: storedType,
          CacheControl: "public, max-age=31536000, immutable",
        }),
        { abortSignal },
      ),
    );
    return await this.#confirmed(key, bytes.byteLength, signal);
  }

  async head(key: string, signal?: AbortSignal): Promise<ObjectHead | null> {
    objectKey(key);
    try {
      const head = await this.#within({ key, doing: "look at", signal }, (abortSignal) =>
        this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }), { abortSignal }),
      );
      return headOf(key, head);
    } catch (error) {
      if (error instanceof StoreError && error.kind === "missing") return null;
      throw error;
    }
  }

  async get(key: string, options: { readonly bytesMax: number; readonly signal?: AbortSignal }): Promise<Uint8Array> {
    const { bytesMax, signal } = options;
    objectKey(key);
    const tooLarge = () => new StoreError("permanent", key, `${key} holds more than ${bytesMax} bytes.`);
    // The answer must begin as soon as any other; how long the rest may take, only its size can tell, not the limit.
    const { source, answer } = await this.#within({ key, doing: "read", signal }, (abortSignal) =>
      this.#open(key, undefined, abortSignal),
    );
    const sizeBytes = answer.ContentLength ?? bytesMax;
    if (sizeBytes > bytesMax) {
      source.destroy();
      throw tooLarge();
    }
    const timeoutMs = this.#transferTimeoutMs(sizeBytes);
    return await this.#within({ key, doing: "read", timeoutMs, signal }, (abortSignal) =>
      collectBytes(addAbortSignal(abortSignal, source), bytesMax, tooLarge),
    );
  }

  async stream(
    key: string,
    options: { readonly range?: ByteRange; readonly signal?: AbortSignal } = {},
  ): Promise<ReadableStream<Uint8Array>> {
    const { range, signal } = options;
    objectKey(key);
    const { source, answer } = await this.#within({ key, doing: "read", signal }, (abortSignal) =>
      this.#open(key, range, abortSignal),
    );
    if (range !== undefined && answer.ContentLength !== range.end - range.start + 1) {
      source.destroy();
      throw new StoreError("permanent", key, `The server did not keep to bytes ${range.start}-${range.end} of ${key}.`);
    }
    const toError = (error: unknown) => storeErrorOfS3(key, "read", error);
    return readableBytes(source, { signal, idleTimeoutMs: this.#timeoutMs, toError });
  }

  async delete(key: string, signal?: AbortSignal): Promise<void> {
    objectKey(key);
    try {
      await this.#within({ key, doing: "remove", signal }, (abortSignal) =>
        this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }), { abortSignal }),
      );
    } catch (error) {
      // AWS answers 204 when there was nothing; some servers answer 404.
      if (!(error instanceof StoreError && error.kind === "missing")) throw error;
    }
  }

  async list(
    prefix: string,
    options: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ObjectPage> {
    objectPrefix(prefix);
    const input = {
      Bucket: this.#bucket,
      Prefix: prefix,
      StartAfter: options.after || undefined,
      MaxKeys: Math.min(Math.max(1, options.limit ?? pageLimitMax), pageLimitMax),
    };
    const page = await this.#within({ key: prefix, doing: "list", signal: options.signal }, (abortSignal) =>
      this.#client.send(new ListObjectsV2Command(input), { abortSignal }),
    );
    const listed = page.Contents ?? [];
    const objects = listed.flatMap(({ Key, Size, LastModified }) =>
      // What others put into the bucket (such as `folder/` placeholders) is not ours.
      Key !== undefined && isObjectKey(Key)
        ? [{ key: Key, sizeBytes: Size ?? 0, modifiedAt: LastModified ?? new Date(0) }]
        : [],
    );
    return { objects, nextAfter: page.IsTruncated === true ? (listed.at(-1)?.Key ?? null) : null };
  }

  async deletePrefix(prefix: string, signal?: AbortSignal): Promise<number> {
    removablePrefix(prefix);
    const failures: StoreError[] = [];
    let removed = 0;
    let after: string | null = "";
    while (after !== null) {
      const page: ObjectPage = await this.list(prefix, { after, signal });
      const failed = await this.#deleteAll(prefix, page.objects, signal);
      failures.push(...failed);
      removed += page.objects.length - failed.length;
      after = page.nextAfter;
    }
    if (failures.length > 0) throw removalFailures(prefix, removed, failures);
    return removed;
  }

  url(key: string): string {
    return objectUrl(objectKey(key), this.#address);
  }

  /** Presigned (Signature Version 4 in the query); the bucket itself checks it. Ends up to an hour ahead can be had. */
  async signedUrl(key: string, { expiresAt, fileName }: SignedUrlOptions): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: objectKey(key),
      // What lies there is marked as public, for those that are.
      ResponseCacheControl: "private, max-age=3600",
      ...(fileName !== undefined && { ResponseContentDisposition: `attachment; filename="${fileName}"` }),
    });
    // Signed as of a time that depends on nothing but the end, so that the same end gives the same address.
    const signingDate = new Date(expiresAt.getTime() - signedForMs);
    return await getSignedUrl(this.#client, command, { signingDate, expiresIn: signedForMs / 1000 });
  }

  async #deleteAll(
    prefix: string,
    objects: ObjectPage["objects"],
    signal: AbortSignal | undefined,
  ): Promise<readonly StoreError[]> {
    if (objects.length === 0) return [];
    const Objects = objects.map(({ key }) => ({ Key: key }));
    const answer = await this.#within({ key: prefix, doing: "remove", signal }, (abortSignal) =>
      this.#client.send(new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } }), {
        abortSignal,
      }),
    );
    return (answer.Errors ?? [])
      .map(({ Key, Code, Message }) =>
        storeErrorOfS3Entry(Key ?? prefix, Code ?? "Unknown", Message ?? "no reason given"),
      )
      .filter((failure) => failure.kind !== "missing");
  }

  /** A server that says yes and has nothing is caught here, before a row points to it. */
  async #confirmed(key: string, sizeBytes: number, signal: AbortSignal | undefined): Promise<ObjectHead> {
    const head = await this.head(key, signal);
    if (head?.sizeBytes === sizeBytes) return head;
    const found = head === null ? "nothing" : `${head.sizeBytes} bytes`;
    throw new StoreError("transient", key, `The server took ${sizeBytes} bytes for ${key}, but has ${found} there.`);
  }

  async #open(
    key: string,
    range: ByteRange | undefined,
    abortSignal: AbortSignal,
  ): Promise<{ readonly source: Readable; readonly answer: GetObjectCommandOutput }> {
    const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`;
    const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range }), {
      abortSignal,
    });
    if (answer.Body instanceof Readable) return { source: answer.Body, answer };
    throw new StoreError("permanent", key, `The server answered ${key} without a body.`);
  }

  #transferTimeoutMs(sizeBytes: number): number {
    return this.#timeoutMs + (sizeBytes / slowestBytesPerSecond) * 1000;
  }

  /** Runs one request under the caller's signal and a deadline, and speaks the store's errors. */
  async #within<Result>(call: Call, work: (abortSignal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { key, doing, signal, timeoutMs = this.#timeoutMs } = call;
    signal?.throwIfAborted();
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    try {
      return await work(signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]));
    } catch (error) {
      signal?.throwIfAborted();
      if (!deadline.signal.aborted) throw storeErrorOfS3(key, doing, error);
      const message = `Could not ${doing} ${key}: the server did not answer within ${Math.round(timeoutMs)} ms.`;
      throw new StoreError("transient", key, message, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Call {
  readonly key: string;
  readonly doing: string;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

interface S3Head {
  readonly ContentLength?: number | undefined;
  readonly ContentType?: string | undefined;
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
}

function headOf(key: string, head: S3Head): ObjectHead {
  return {
    key,
    sizeBytes: head.ContentLength ?? 0,
    contentType: head.ContentType ?? contentTypeOfKey(key),
    etag: head.ETag ?? "",
    modifiedAt: head.LastModified ?? new Date(0),
  };
}
