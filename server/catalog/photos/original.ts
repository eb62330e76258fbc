import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { uuidV7 } from "../../foundation/database/uuid.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { problems } from "../../foundation/problem.ts";
import { asStoreProblem } from "../../foundation/storage/store-problem.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import { ImageError, type InspectedImage, inspectImage, sniffImageType } from "../../imaging/index.ts";
import { catalogProblems } from "../errors.ts";
import { bytesMax, pixelsMax } from "../settings.ts";
import { originalKey } from "./object-keys.ts";

/** A file that has arrived whole, on this machine's disk, not yet looked into. */
export interface ReceivedFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** An original that is in the object store and waits to be recorded. */
export interface StoredOriginal {
  readonly imageId: string;
  readonly sha256: string;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  readonly originalKey: string;
}

/** How many bytes tell the type for certain; no file is refused for its type before they are there. */
const sniffBytes = 4096;

/**
 * Reads a photo once: counted, hashed and its type told from its first bytes, while it arrives; kept on disk meanwhile,
 * so that slow senders hold no memory. A file that is too large or of the wrong type is refused at the byte that shows
 * it. Leaves nothing behind when it throws.
 *
 * @throws Problem PAYLOAD_TOO_LARGE, UNSUPPORTED_IMAGE_TYPE
 */
export async function receiveOriginal(foundation: Foundation, body: Readable): Promise<ReceivedFile> {
  const sizeMax = await foundation.settings.get(bytesMax);
  const folder = uploadsFolder(foundation);
  await mkdir(folder, { recursive: true });
  const path = join(folder, uuidV7());
  const inspection = inspectionGate(sizeMax);
  try {
    await pipeline(body, inspection.gate, createWriteStream(path, { mode: 0o600 }));
    return { path, ...inspection.finish() };
  } catch (error) {
    await rm(path, { force: true });
    throw asCatalogProblem(error);
  }
}

/** Where files lie while they arrive. */
export const uploadsFolder = (foundation: Pick<Foundation, "config">): string =>
  join(foundation.config.dataDir, "uploads");

/** No upload takes this long: the server gives a request five minutes. */
const abandonedAfterMs = 3_600_000;

/** Removes the files of uploads that a killed process left half way; answers how many. */
export async function removeAbandonedFiles(foundation: Pick<Foundation, "config">, now = Date.now()): Promise<number> {
  const folder = uploadsFolder(foundation);
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  const ages = await Promise.all(
    names.map(async (name) => ({ name, sinceMs: await lastWrittenAt(join(folder, name)) })),
  );
  const abandoned = ages.filter(({ sinceMs }) => sinceMs !== null && sinceMs <= now - abandonedAfterMs);
  await Promise.all(abandoned.map(({ name }) => rm(join(folder, name), { force: true })));
  return abandoned.length;
}

/** Null when the file has gone: its upload came to its end meanwhile. */
async function lastWrittenAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

export async function discardReceived(file: ReceivedFile): Promise<void> {
  await rm(file.path, { force: true });
}

/**
 * Looks at the header of a received photo (dimensions, without decoding), then puts it into the store under its
 * immutable key. Takes the file away from the disk in any case.
 *
 * @throws Problem UNSUPPORTED_IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS, INVALID_IMAGE (not even a header), SERVICE_UNAVAILABLE
 */
export async function storeOriginal(
  foundation: Foundation,
  productId: string,
  file: ReceivedFile,
): Promise<StoredOriginal> {
  try {
    const { bytes, inspected } = await inspectReceived(foundation, file);
    const { mimeType, extension, width, height } = inspected;
    const imageId = uuidV7();
    const key = originalKey({ productId, imageId, sha256: file.sha256, extension });
    await retryTransient(() => foundation.store.put(key, bytes, { contentType: mimeType }), {});
    return { imageId, sha256: file.sha256, mimeType, width, height, sizeBytes: file.sizeBytes, originalKey: key };
  } catch (error) {
    throw asCatalogProblem(error);
  } finally {
    await discardReceived(file);
  }
}

/**
 * Reads the header of a received photo, without decoding; nothing is stored yet, and the file stays.
 *
 * @throws Problem UNSUPPORTED_IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS, INVALID_IMAGE
 */
export async function inspectReceived(
  foundation: Foundation,
  file: ReceivedFile,
): Promise<{ readonly bytes: Uint8Array; readonly inspected: InspectedImage }> {
  const bytes = await readFile(file.path);
  const limits = {
    bytesMax: await foundation.settings.get(bytesMax),
    pixelsMax: await foundation.settings.get(pixelsMax),
  };
  try {
    return { bytes, inspected: await inspectImage(bytes, limits) };
  } catch (error) {
    throw asCatalogProblem(error);
  }
}

/** Takes back originals whose recording failed; what cannot be taken back now, the orphan sweep removes later. */
export async function withdrawOriginals(foundation: Foundation, originals: readonly StoredOriginal[]): Promise<void> {
  const results = await Promise.allSettled(originals.map(({ originalKey: key }) => foundation.store.delete(key)));
  for (const result of results) {
    if (result.status === "rejected") {
      foundation.log.warn({ error: result.reason }, "an original without a row was left to the orphan sweep");
    }
  }
}

/** Counts, hashes and sniffs what passes through it; errors at the first byte that must not be. */
function inspectionGate(sizeMax: number) {
  const hash = createHash("sha256");
  let head = Buffer.alloc(0);
  let sizeBytes = 0;
  async function* gate(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      sizeBytes += chunk.length;
      if (sizeBytes > sizeMax) throw problems.PAYLOAD_TOO_LARGE(tooLarge(sizeMax));
      hash.update(chunk);
      if (head.length < sniffBytes) {
        head = Buffer.concat([head, chunk.subarray(0, sniffBytes - head.length)]);
        if (head.length === sniffBytes) sniffImageType(head);
      }
      yield chunk;
    }
    if (head.length < sniffBytes) sniffImageType(head);
  }
  return { gate, finish: () => ({ sha256: hash.digest("hex"), sizeBytes }) };
}

const tooLarge = (sizeMax: number): string =>
  `The file is larger than ${(sizeMax / 1024 / 1024).toFixed(1)} MiB, the most that is allowed.`;

/** What `imaging` says of a file, or the store of itself, as a problem of the request; anything else as it is. */
function asCatalogProblem(error: unknown): unknown {
  if (!(error instanceof ImageError)) return asStoreProblem(error);
  const options = { detail: error.message, cause: error };
  if (error.code === "PAYLOAD_TOO_LARGE") return problems.PAYLOAD_TOO_LARGE(options);
  return catalogProblems[error.code === "VARIANT_FAILED" ? "INVALID_IMAGE" : error.code](options);
}
