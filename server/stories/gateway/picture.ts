import { createHash } from "node:crypto";
import sharp from "sharp";
import { ImageError, sniffImageType } from "../../imaging/index.ts";
import type { PictureMimeType } from "../types.ts";
import type { Resolution } from "./image-request.ts";
import { type DigitalSourceType, hasC2paManifest, withProvenance } from "./provenance.ts";
import { pixelsOf, resolutionOf } from "./sizes.ts";

/** Far above what any model makes; a bomb stops here. */
const pixelsMax = 50_000_000;
const jpegQuality = 92;

/** What a provider sent, looked at by its bytes. */
export interface SeenPicture {
  readonly mimeType: string;
  /** Without the dot; of the object's key. */
  readonly extension: string;
  readonly resolution: Resolution;
  readonly hasC2pa: boolean;
}

export interface FinishedPicture {
  readonly bytes: Uint8Array;
  readonly mimeType: PictureMimeType;
  readonly imageHash: string;
  readonly resizedFrom: Resolution | null;
  readonly resizedTo: Resolution | null;
}

/** Decodes it to its last pixel; null when that fails: cut off, corrupt, or no picture at all. */
export async function seePicture(bytes: Uint8Array): Promise<SeenPicture | null> {
  try {
    const { mimeType, extension } = sniffImageType(bytes);
    const { info } = await sharp(bytes, { failOn: "warning", limitInputPixels: pixelsMax })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const hasC2pa = isPictureType(mimeType) && hasC2paManifest(bytes, mimeType);
    return { mimeType, extension, resolution: resolutionOf(info), hasC2pa };
  } catch (error) {
    if (error instanceof ImageError || isDecodingFault(error)) return null;
    throw error;
  }
}

/**
 * What the story gets of a provider's picture: in the wanted resolution (fitted and trimmed around its middle where the
 * proportions differ; untouched where it has it already), as PNG or JPEG, and saying how it came to be. The same bytes
 * give the same bytes.
 */
export async function finishPicture(
  original: Uint8Array,
  seen: Pick<SeenPicture, "mimeType" | "resolution">,
  target: Resolution,
  sourceType: DigitalSourceType,
): Promise<FinishedPicture> {
  const mimeType: PictureMimeType = seen.mimeType === "image/jpeg" ? "image/jpeg" : "image/png";
  const isResized = seen.resolution !== target;
  const isKept = !isResized && seen.mimeType === mimeType;
  const drawn = isKept ? original : await redraw(original, mimeType, target);
  const bytes = withProvenance(drawn, mimeType, sourceType);
  return {
    bytes,
    mimeType,
    imageHash: createHash("sha256").update(bytes).digest("hex"),
    resizedFrom: isResized ? seen.resolution : null,
    resizedTo: isResized ? target : null,
  };
}

async function redraw(original: Uint8Array, mimeType: PictureMimeType, target: Resolution): Promise<Uint8Array> {
  const resized = sharp(original, { limitInputPixels: pixelsMax }).resize({
    ...pixelsOf(target),
    fit: "cover",
    kernel: "lanczos3",
  });
  return mimeType === "image/png"
    ? resized.png({ compressionLevel: 6 }).toBuffer()
    : resized.jpeg({ quality: jpegQuality, chromaSubsampling: "4:4:4" }).toBuffer();
}

const isPictureType = (mimeType: string): mimeType is PictureMimeType =>
  mimeType === "image/png" || mimeType === "image/jpeg";

/** What libvips says of a picture it cannot read comes as a plain `Error` without a system code. */
function isDecodingFault(error: unknown): boolean {
  return error instanceof Error && !("code" in error) && error.constructor === Error;
}
