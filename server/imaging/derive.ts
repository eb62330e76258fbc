import sharp, { type Sharp } from "sharp";
import { decodeAt } from "./decode.ts";
import { decodePlaces } from "./decode-places.ts";
import { centredOnWhite, fittedSize, type Picture, type Size } from "./fit.ts";
import { readHeader } from "./header.ts";
import { ImageError } from "./image-error.ts";
import { intermediateSize } from "./intermediate.ts";
import { sniffImageType } from "./magic-bytes.ts";
import { placeholderOf } from "./placeholder.ts";
import { jpegEncoding } from "./recipe.ts";
import { essentialVariant, type VariantBox, type VariantName, variants as variantTable } from "./variants.ts";

export interface DeriveOptions {
  readonly pixelsMax: number;
  /** For the whole photo, from the moment it is its turn. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** What to draw: the whole table, or those that are missing. */
  readonly variants?: readonly VariantBox[];
}

export interface DerivedVariant {
  readonly name: VariantName;
  readonly width: number;
  readonly height: number;
  /** A JPEG without metadata. */
  readonly bytes: Buffer;
  readonly sizeBytes: number;
}

export interface VariantFailure {
  readonly name: VariantName;
  readonly reason: string;
}

export interface DerivedImages {
  readonly variants: readonly DerivedVariant[];
  /** Variants that could not be drawn although the photo could be decoded; never the essential one. */
  readonly failures: readonly VariantFailure[];
  /** ThumbHash of the photo, base64. */
  readonly placeholder: string;
  /** Of the original as displayed. */
  readonly width: number;
  readonly height: number;
}

const defaultTimeoutMs = 30_000;

/**
 * Draws the thumbnails and the placeholder of a photo: upright, in sRGB, on white, the whole photo fitted without
 * enlarging, centred. The same bytes and recipe always give the same bytes.
 *
 * @throws {ImageError} `UNSUPPORTED_IMAGE_TYPE`, `IMAGE_TOO_MANY_PIXELS` or `INVALID_IMAGE` when the file can never
 *   work; `VARIANT_FAILED` when time ran out, or `desktop` or every variant could not be drawn.
 * @throws the signal's reason when it is aborted. What is under way in native code ends by itself, still counted.
 */
export async function deriveVariants(content: Uint8Array, options: DeriveOptions): Promise<DerivedImages> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return new Promise((resolve, reject) => {
    const work = decodePlaces().run(options.signal, async () => {
      const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
      const timedOut = AbortSignal.timeout(timeoutMs);
      const stop = options.signal ? AbortSignal.any([options.signal, timedOut]) : timedOut;
      stop.addEventListener("abort", () => reject(stopReason(stop, timedOut, timeoutMs)), { once: true });
      return draw(bytes, { ...options, timeoutMs }, stop).catch((error: unknown) => {
        throw stop.aborted ? stopReason(stop, timedOut, timeoutMs) : error;
      });
    });
    work.then(resolve, reject);
  });
}

function stopReason(stop: AbortSignal, timedOut: AbortSignal, timeoutMs: number): unknown {
  if (stop.reason !== timedOut.reason) return stop.reason;
  return new ImageError("VARIANT_FAILED", `Drawing the thumbnails took longer than ${timeoutMs} ms.`);
}

async function draw(
  bytes: Buffer,
  options: DeriveOptions & { readonly timeoutMs: number },
  stop: AbortSignal,
): Promise<DerivedImages> {
  const type = sniffImageType(bytes);
  const photo = await readHeader(bytes, type, options.pixelsMax);
  stop.throwIfAborted();
  const boxes = options.variants ?? variantTable;
  const decoded = await decodeAt(intermediateSize(photo, type), bytes, type, options);
  stop.throwIfAborted();
  const smallest = await resized(decoded, fittedSize(photo, variantTable[0]));

  const variants: DerivedVariant[] = [];
  const failures: VariantFailure[] = [];
  for (const box of boxes) {
    stop.throwIfAborted();
    try {
      variants.push(await drawVariant(photo, box, box.name === variantTable[0].name ? smallest : decoded));
    } catch (cause) {
      if (box.name === essentialVariant) throw variantError(box, cause);
      failures.push({ name: box.name, reason: variantError(box, cause).detail });
    }
  }
  if (variants.length === 0 && failures.length > 0) {
    throw new ImageError("VARIANT_FAILED", "None of the thumbnails could be drawn.");
  }
  const { width, height } = photo;
  return { variants, failures, placeholder: placeholderOf(smallest), width, height };
}

async function drawVariant(photo: Size, box: VariantBox, source: Picture): Promise<DerivedVariant> {
  const fitted = await resized(source, fittedSize(photo, box));
  const canvas = centredOnWhite(fitted, box);
  const bytes = await fromPixels(canvas).jpeg(jpegEncoding).toBuffer();
  return { name: box.name, width: box.width, height: box.height, bytes, sizeBytes: bytes.length };
}

async function resized(picture: Picture, size: Size): Promise<Picture> {
  if (picture.width === size.width && picture.height === size.height) return picture;
  const pixels = await fromPixels(picture)
    .resize({ width: size.width, height: size.height, fit: "fill" })
    .raw()
    .toBuffer();
  return { width: size.width, height: size.height, pixels };
}

function fromPixels(picture: Picture): Sharp {
  return sharp(picture.pixels, { raw: { width: picture.width, height: picture.height, channels: 3 } });
}

function variantError(box: VariantBox, cause: unknown): ImageError {
  return new ImageError("VARIANT_FAILED", `The thumbnail "${box.name}" could not be drawn.`, { cause });
}
