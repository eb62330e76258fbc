import { createHash, randomUUID } from "node:crypto";
import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeAbandonedFiles } from "./abandoned-uploads.ts";
import { bodyChunks, type ObjectBody } from "./body-bytes.ts";
import { contentTypeOfKey, matchingContentType } from "./content-type.ts";
import { errorCode, missingObject, storeErrorOfFilesystem } from "./filesystem-error.ts";
import { listFolder } from "./folder-listing.ts";
import { FolderPaths, isAbsence, syncFolder } from "./folder-paths.ts";
import { MediaSigner } from "./media-signature.ts";
import { objectKey, objectPrefix, removablePrefix } from "./object-key.ts";
import {
  type ByteRange,
  type MediaGrant,
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

export interface FolderObjectStoreOptions extends MediaAddress {
  readonly root: string;
  /** From which signed addresses are made; read when the first one is. Without it there are none. */
  readonly signingSecret?: () => Promise<string>;
}

const incomingFolder = ".incoming";
const pageLimitMax = 1000;
const abandonedAfterMs = 24 * 60 * 60 * 1000;
/** How often a put makes its folder anew when removals of neighbours take it away in between. */
const placingAttemptsMax = 10;
const readBufferBytes = 256 * 1024;

/**
 * Objects as files under one folder, the key being the path. An object appears at once and whole: it is written to
 * `.incoming` on the same file system, synced, renamed to its place, and the folder synced. After a power cut an object
 * whose `put` returned is there.
 */
export class FolderObjectStore extends ObjectStore {
  readonly description: string;
  readonly #paths: FolderPaths;
  readonly #address: MediaAddress;
  readonly #signingSecret: FolderObjectStoreOptions["signingSecret"];
  #signer: Promise<MediaSigner> | undefined;

  constructor(options: FolderObjectStoreOptions) {
    super();
    this.description = `folder ${options.root}`;
    this.#paths = new FolderPaths(options.root);
    this.#address = options;
    this.#signingSecret = options.signingSecret;
  }

  async put(key: string, body: ObjectBody, { contentType, signal }: PutOptions): Promise<ObjectHead> {
    objectKey(key);
    matchingContentType(key, contentType);
    const incoming = await explained(key, "write", () => this.#newIncomingFile());
    try {
      const sizeBytes = await writeIncoming(incoming.handle, key, bodyChunks(body, signal));
      signal?.throwIfAborted();
      await explained(key, "write", () => this.#place(incoming.path, key));
      return await this.#confirmed(key, sizeBytes);
    } finally {
      await explained(key, "write", () => rm(incoming.path, { force: true }));
    }
  }

  async head(key: string, signal?: AbortSignal): Promise<ObjectHead | null> {
    objectKey(key);
    signal?.throwIfAborted();
    const found = await explained(key, "look at", () => this.#paths.existingFile(key));
    return found === null ? null : headOf(key, found.stats);
  }

  async get(key: string, options: { readonly bytesMax: number; readonly signal?: AbortSignal }): Promise<Uint8Array> {
    const { handle, head } = await this.#open(key, options.signal);
    try {
      if (head.sizeBytes > options.bytesMax) {
        throw new StoreError("permanent", key, `${key} holds ${head.sizeBytes} bytes, over ${options.bytesMax}.`);
      }
      return await explained(key, "read", () => handle.readFile({ signal: options.signal }), options.signal);
    } finally {
      await handle.close();
    }
  }

  async stream(
    key: string,
    options: { readonly range?: ByteRange; readonly signal?: AbortSignal } = {},
  ): Promise<ReadableStream<Uint8Array>> {
    const { range, signal } = options;
    const { handle, head } = await this.#open(key, signal);
    if (range !== undefined && (range.start < 0 || range.start > range.end || range.end >= head.sizeBytes)) {
      await handle.close();
      const message = `${key} has ${head.sizeBytes} bytes; ${range.start}-${range.end} is not within.`;
      throw new StoreError("permanent", key, message);
    }
    const source = handle.createReadStream({ ...range, highWaterMark: readBufferBytes });
    return readableBytes(source, { signal, toError: (error) => storeErrorOfFilesystem(key, "read", error) });
  }

  async delete(key: string, signal?: AbortSignal): Promise<void> {
    objectKey(key);
    signal?.throwIfAborted();
    await explained(key, "remove", async () => {
      const found = await this.#paths.existingFile(key);
      if (found === null) return;
      await rm(found.path, { force: true });
      await this.#paths.removeEmptyParents(key);
    });
  }

  async list(
    prefix: string,
    options: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ObjectPage> {
    const { after = "", signal } = options;
    const limit = Math.min(Math.max(1, options.limit ?? pageLimitMax), pageLimitMax);
    objectPrefix(prefix);
    return await explained(
      prefix,
      "list",
      async () => {
        const objects: ObjectPage["objects"][number][] = [];
        const folder = await this.#listableFolder(prefix);
        if (folder === null) return { objects, nextAfter: null };
        for await (const object of listFolder(folder, prefix, after)) {
          signal?.throwIfAborted();
          if (objects.length === limit) return { objects, nextAfter: objects.at(-1)?.key ?? null };
          objects.push(object);
        }
        return { objects, nextAfter: null };
      },
      signal,
    );
  }

  async deletePrefix(prefix: string, signal?: AbortSignal): Promise<number> {
    removablePrefix(prefix);
    const failed: StoreError[] = [];
    let removed = 0;
    let after: string | null = "";
    while (after !== null) {
      const page: ObjectPage = await this.list(prefix, { after, signal });
      for (const { key } of page.objects) {
        try {
          await this.delete(key, signal);
          removed++;
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          failed.push(error);
        }
      }
      after = page.nextAfter;
    }
    if (failed.length > 0) throw removalFailures(prefix, removed, failed);
    return removed;
  }

  url(key: string): string {
    return objectUrl(objectKey(key), this.#address);
  }

  async signedUrl(key: string, options: SignedUrlOptions): Promise<string> {
    const signer = await this.#requireSigner();
    // Never `publicMediaUrl`: what leads there is public, and only this server checks the signature.
    const address = objectUrl(objectKey(key), { ...this.#address, publicMediaUrl: null });
    return `${address}?${signer.sign(key, options)}`;
  }

  override async grantOf(
    key: string,
    query: URLSearchParams,
    now = new Date(),
  ): Promise<MediaGrant | "expired" | null> {
    if (!query.has("signature")) return null;
    return (await this.#requireSigner()).verify(key, query, now);
  }

  override async removeAbandonedUploads(options: { readonly olderThanMs?: number } = {}): Promise<number> {
    return await explained(incomingFolder, "clear", async () => {
      const olderThanMs = options.olderThanMs ?? abandonedAfterMs;
      return await removeAbandonedFiles(await this.#incomingFolder(), Date.now() - olderThanMs);
    });
  }

  async #requireSigner(): Promise<MediaSigner> {
    const readSecret = this.#signingSecret;
    if (readSecret === undefined) throw new Error("this store was opened without a secret to sign addresses with");
    this.#signer ??= readSecret().then((secret) => new MediaSigner(secret));
    try {
      return await this.#signer;
    } catch (error) {
      this.#signer = undefined;
      throw error;
    }
  }

  async #incomingFolder(): Promise<string> {
    const folder = join(await this.#paths.root(), incomingFolder);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async #newIncomingFile(): Promise<{ readonly path: string; readonly handle: FileHandle }> {
    const path = join(await this.#incomingFolder(), randomUUID());
    return { path, handle: await open(path, "wx") };
  }

  async #place(incomingPath: string, key: string): Promise<void> {
    const path = await this.#paths.of(key);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#paths.makeParent(key);
        await rename(incomingPath, path);
        return await syncFolder(dirname(path));
      } catch (error) {
        if (errorCode(error) !== "ENOENT") throw error;
        if (attempt === placingAttemptsMax) {
          throw new StoreError("transient", key, `The folder of ${key} was removed again and again meanwhile.`, error);
        }
      }
    }
  }

  async #confirmed(key: string, sizeBytes: number): Promise<ObjectHead> {
    const head = await this.head(key);
    if (head?.sizeBytes === sizeBytes) return head;
    const found = head === null ? "nothing" : `${head.sizeBytes} bytes`;
    throw new StoreError("transient", key, `Wrote ${sizeBytes} bytes to ${key} and found ${found} there.`);
  }

  async #open(
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly handle: FileHandle; readonly head: ObjectHead }> {
    objectKey(key);
    signal?.throwIfAborted();
    return await explained(key, "read", async () => {
      const found = await this.#paths.existingFile(key);
      if (found === null) throw missingObject(key);
      const handle = await open(found.path, constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        return { handle, head: headOf(key, await handle.stat({ bigint: true })) };
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  async #listableFolder(prefix: string): Promise<string | null> {
    if (prefix === "") return await this.#paths.root();
    const path = await this.#paths.of(prefix.slice(0, -1));
    try {
      return (await realpath(path)) === path ? path : null;
    } catch (error) {
      if (isAbsence(error)) return null;
      throw error;
    }
  }
}

/** Writes, counts, syncs and closes. What the body throws passes through; what the file system says is explained. */
async function writeIncoming(handle: FileHandle, key: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let sizeBytes = 0;
  try {
    for await (const chunk of chunks) {
      await explained(key, "write", () => handle.writeFile(chunk));
      sizeBytes += chunk.byteLength;
    }
    await explained(key, "write", () => handle.sync());
  } finally {
    await handle.close();
  }
  return sizeBytes;
}

/** The etag needs no reading of the file: keys are immutable, and other bytes would come with another time or size. */
function headOf(key: string, stats: BigIntStats): ObjectHead {
  const identity = createHash("sha256").update(`${key}\n${stats.size}\n${stats.mtimeNs}`).digest("hex");
  return {
    key,
    sizeBytes: Number(stats.size),
    contentType: contentTypeOfKey(key),
    etag: `"${identity.slice(0, 32)}"`,
    modifiedAt: stats.mtime,
  };
}

async function explained<Result>(
  key: string,
  doing: string,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw storeErrorOfFilesystem(key, doing, error);
  }
}
