import { ImageError } from "./image-error.ts";
import type { ImageType } from "./magic-bytes.ts";
import { nonPixelRanges } from "./non-pixel-ranges.ts";

/**
 * Refuses polyglots: files that are a valid picture and, to another program, a page, a script, a document or an
 * archive. What phones append to photos (a short film, a second exposure, a maker's block) is left alone.
 *
 * @throws {ImageError} `UNSUPPORTED_IMAGE_TYPE`, with what is hidden in the picture.
 */
export function refuseHiddenContent(bytes: Buffer, type: ImageType): void {
  const hidden = hiddenContent(bytes, type);
  if (hidden === undefined) return;
  throw new ImageError(
    "UNSUPPORTED_IMAGE_TYPE",
    `This ${type.extension.toUpperCase()} picture has ${hidden} hidden in it. Export the photo again and upload that.`,
  );
}

/** A PDF reader accepts its header anywhere in the first kilobyte (ISO 32000-1 annex H, note 13). */
const pdfHeaderWithinBytes = 1024;

function hiddenContent(bytes: Buffer, type: ImageType): string | undefined {
  if (bytes.subarray(0, pdfHeaderWithinBytes).includes("%PDF-")) return "a PDF document";
  for (const range of nonPixelRanges(bytes, type.mimeType)) {
    const found = foreignContent(bytes.toString("latin1", range.start, range.end));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each mark is long enough, or asked for together with another, not to turn up in megabytes of an appended film. */
function foreignContent(text: string): string | undefined {
  if (/<!doctype\s+html|<(?:html|script|iframe)[\s>]/i.test(text)) return "an HTML page or script";
  if (/<\?php\s/i.test(text)) return "a script";
  if (text.includes("PK\x03\x04") && text.includes("PK\x05\x06")) return "a ZIP archive";
  if (text.includes("7z\xbc\xaf\x27\x1c")) return "a 7-Zip archive";
  if (text.includes("Rar!\x1a\x07")) return "a RAR archive";
  return undefined;
}
