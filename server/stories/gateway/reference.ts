import { ImageError, sniffImageType } from "../../imaging/index.ts";
import { storyProblems } from "../errors.ts";
import type { ReferencePicture } from "./image-request.ts";

/** What Gemini takes inline (https://ai.google.dev/gemini-api/docs/image-understanding). */
const referenceBytesMax = 7 * 1024 * 1024;

/** Throws UNSUPPORTED_MIME_TYPE unless it is the PNG or JPEG that it says it is, and REFERENCE_LIMIT when it is too large. */
export function checkReference(reference: ReferencePicture | null): void {
  if (reference === null) return;
  if (reference.bytes.byteLength > referenceBytesMax) {
    throw storyProblems.REFERENCE_LIMIT(`The reference picture has more than ${referenceBytesMax} bytes.`);
  }
  const isWhatItSays = typeOf(reference.bytes) === reference.mimeType;
  if (!isWhatItSays)
    throw storyProblems.UNSUPPORTED_MIME_TYPE("The reference must be the PNG or JPEG that it says it is.");
}

function typeOf(bytes: Uint8Array): string | null {
  try {
    return sniffImageType(bytes).mimeType;
  } catch (error) {
    if (error instanceof ImageError) return null;
    throw error;
  }
}
