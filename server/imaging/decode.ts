import sharp, { type FailOnOptions } from "sharp";
import type { Picture, Size } from "./fit.ts";
import { ImageError } from "./image-error.ts";
import type { ImageType } from "./magic-bytes.ts";
import { white } from "./recipe.ts";

export interface DecodeOptions {
  readonly pixelsMax: number;
  readonly timeoutMs: number;
}

/**
 * Decodes the first frame of a file once, upright (EXIF), in 8-bit sRGB, on white where it is transparent, drawn at
 * `size`, which must not be larger than the photo.
 *
 * @throws {ImageError} `INVALID_IMAGE` when the pixels are incomplete or damaged; `VARIANT_FAILED` when time or
 *   memory ran out.
 */
export async function decodeAt(size: Size, bytes: Buffer, type: ImageType, options: DecodeOptions): Promise<Picture> {
  try {
    return await decode(size, bytes, options, "warning");
  } catch (cause) {
    if (!isHarmless(cause)) throw decodeError(cause, type);
  }
  return decode(size, bytes, options, "truncated").catch((cause: unknown) => {
    throw decodeError(cause, type);
  });
}

async function decode(size: Size, bytes: Buffer, options: DecodeOptions, failOn: FailOnOptions): Promise<Picture> {
  const { data, info } = await sharp(bytes, { autoOrient: true, failOn, limitInputPixels: options.pixelsMax })
    .timeout({ seconds: Math.ceil(options.timeoutMs / 1000) })
    .flatten({ background: white })
    // The fast shrink saves nothing at 6 MP; at 12 MP it costs likeness (0.966 instead of 0.978), and with WebP too.
    .resize({ ...size, fit: "fill", fastShrinkOnLoad: false })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`Decoded to ${info.channels} channels.`);
  return { width: info.width, height: info.height, pixels: data };
}

/**
 * Every warning of a decoder is taken as damage, except those of libjpeg (jerror.h) that say nothing of the pixels and
 * are common in photos from phones and old cameras. Such a photo is decoded again, refusing only what breaks off.
 */
const harmlessWarnings = [
  /Invalid SOS parameters for sequential JPEG/,
  /extraneous bytes before marker 0x(?:d9|e[0-9a-f])/,
  /unknown Adobe color transform/i,
  /unknown JFIF revision/i,
  /bad ICC marker/i,
];

function isHarmless(error: unknown): boolean {
  return error instanceof Error && harmlessWarnings.some((warning) => warning.test(error.message));
}

function decodeError(cause: unknown, type: ImageType): ImageError {
  const message = cause instanceof Error ? cause.message : "";
  if (/timeout/i.test(message)) {
    return new ImageError("VARIANT_FAILED", "Decoding this picture took longer than allowed.", { cause });
  }
  if (/out of memory/i.test(message)) {
    return new ImageError("VARIANT_FAILED", "There was not enough memory to decode this picture.", { cause });
  }
  const isIncomplete = /premature end|unexpected end|bad seek|end of (?:file|stream)/i.test(message);
  const kind = type.extension === "jpg" ? "JPEG" : type.extension.toUpperCase();
  return new ImageError(
    "INVALID_IMAGE",
    isIncomplete
      ? `This ${kind} picture is incomplete: it breaks off before its end.`
      : `This ${kind} picture is damaged: its pixels cannot be read.`,
    { cause },
  );
}
