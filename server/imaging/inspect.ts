import { type ImageHeader, readHeader } from "./header.ts";
import { refuseHiddenContent } from "./hidden-content.ts";
import { ImageError } from "./image-error.ts";
import { type ImageType, sniffImageType } from "./magic-bytes.ts";

export interface ImageLimits {
  readonly bytesMax: number;
  /** Of one frame. */
  readonly pixelsMax: number;
}

export const defaultImageLimits: ImageLimits = { bytesMax: 20 * 1024 * 1024, pixelsMax: 50_000_000 };

export interface InspectedImage extends ImageType, ImageHeader {
  readonly sizeBytes: number;
}

/**
 * Decides whether a whole file is a photo that may be kept, without decoding a pixel. What only decoding shows, such
 * as a JPEG that breaks off half way, comes out in `deriveVariants`.
 *
 * @throws {ImageError} `PAYLOAD_TOO_LARGE`, `UNSUPPORTED_IMAGE_TYPE`, `IMAGE_TOO_MANY_PIXELS` or `INVALID_IMAGE`.
 */
export async function inspectImage(
  content: Uint8Array,
  limits: ImageLimits = defaultImageLimits,
): Promise<InspectedImage> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const type = sniffImageType(bytes);
  if (bytes.length > limits.bytesMax) {
    throw new ImageError(
      "PAYLOAD_TOO_LARGE",
      `This file has ${bytes.length} bytes; at most ${limits.bytesMax} are accepted.`,
    );
  }
  const header = await readHeader(bytes, type, limits.pixelsMax);
  refuseHiddenContent(bytes, type);
  return { ...type, ...header, sizeBytes: bytes.length };
}
