import { createHash } from "node:crypto";
import sharp from "sharp";
import { problems } from "../../foundation/problem.ts";
import { ImageError, inspectImage, sniffImageType } from "../../imaging/index.ts";
import { storyProblems } from "../errors.ts";
import { hasC2paManifest } from "../gateway/provenance.ts";
import type { PictureMimeType } from "../types.ts";

const pixelsMax = 50_000_000;

export interface InspectedUpload {
  readonly bytes: Uint8Array;
  /** By the bytes. */
  readonly mimeType: PictureMimeType;
  readonly imageHash: string;
  readonly resolution: `${number}x${number}`;
  readonly hasC2pa: boolean;
}

/**
 * Looks at an uploaded picture: PNG or JPEG by its bytes, of the type that was `declared` where one was, within the
 * limits, and whole to its last pixel. A name that says something else does not matter.
 *
 * @throws Problem UNSUPPORTED_MIME_TYPE, PAYLOAD_TOO_LARGE, VALIDATION_FAILED (damaged, or too many pixels)
 */
export async function inspectUpload(
  bytes: Uint8Array,
  declared: string | null,
  bytesMax: number,
): Promise<InspectedUpload> {
  if (bytes.byteLength > bytesMax) {
    throw problems.PAYLOAD_TOO_LARGE(`The picture is larger than the ${bytesMax} bytes that it may have.`);
  }
  const mimeType = typeOf(bytes);
  if (declared !== null && declared !== mimeType) {
    throw storyProblems.UNSUPPORTED_MIME_TYPE({
      detail: `The picture is said to be ${declared}, but its bytes are ${mimeType}; nothing was kept.`,
      errors: [{ path: "mimeType", message: `must be ${mimeType} for these bytes` }],
    });
  }
  try {
    const { width, height } = await inspectImage(bytes, { bytesMax, pixelsMax });
    await sharp(bytes, { failOn: "warning", limitInputPixels: pixelsMax }).stats();
    const imageHash = createHash("sha256").update(bytes).digest("hex");
    return { bytes, mimeType, imageHash, resolution: `${width}x${height}`, hasC2pa: hasC2paManifest(bytes, mimeType) };
  } catch (error) {
    throw problems.VALIDATION_FAILED({
      detail: error instanceof ImageError ? error.message : "The picture is damaged; nothing was kept.",
      cause: error,
    });
  }
}

/** Throws UNSUPPORTED_MIME_TYPE for anything but a PNG or a JPEG. */
function typeOf(bytes: Uint8Array): PictureMimeType {
  let found: string | null = null;
  try {
    found = sniffImageType(bytes).mimeType;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
  }
  if (found === "image/png" || found === "image/jpeg") return found;
  throw storyProblems.UNSUPPORTED_MIME_TYPE({
    detail: found === null ? "These bytes are no picture; nothing was kept." : `This is ${found}; nothing was kept.`,
    errors: [{ path: "mimeType", message: "must be image/png or image/jpeg, by the bytes" }],
  });
}
