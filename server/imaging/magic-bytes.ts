import { isUtf8 } from "node:buffer";
import { ImageError } from "./image-error.ts";

export type ImageMimeType = "image/jpeg" | "image/png" | "image/webp" | "image/avif" | "image/gif";

export interface ImageType {
  readonly mimeType: ImageMimeType;
  /** Without the dot, as used in keys of stored objects. */
  readonly extension: "jpg" | "png" | "webp" | "avif" | "gif";
}

/** How many first bytes of a file tell its type. Fewer are fine when the file itself is shorter. */
export const sniffedBytes = 4096;

/**
 * The type of an image, by its first bytes alone: names and declared types are not looked at, they may lie.
 *
 * @param head the first `sniffedBytes` bytes, or all of a shorter file.
 * @throws {ImageError} `UNSUPPORTED_IMAGE_TYPE`, with what the file is instead.
 */
export function sniffImageType(head: Uint8Array): ImageType {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, sniffedBytes));
  const type = acceptedType(bytes);
  if (type) return type;
  throw new ImageError(
    "UNSUPPORTED_IMAGE_TYPE",
    `This is ${foreignType(bytes)}. Photos are accepted as JPEG, PNG, WebP, AVIF or GIF.`,
  );
}

function acceptedType(bytes: Buffer): ImageType | undefined {
  if (startsWith(bytes, "\xff\xd8\xff")) return { mimeType: "image/jpeg", extension: "jpg" };
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return { mimeType: "image/png", extension: "png" };
  if (startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a")) return { mimeType: "image/gif", extension: "gif" };
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return { mimeType: "image/webp", extension: "webp" };
  if (isAvif(isoMediaBrands(bytes))) return { mimeType: "image/avif", extension: "avif" };
  return undefined;
}

/** `mif1` and `msf1` say only "HEIF container"; the codec is then among the compatible brands. */
function isAvif(brands: readonly string[]): boolean {
  const major = brands[0];
  if (major === "avif" || major === "avis") return true;
  const isContainer = major === "mif1" || major === "msf1" || major === "miaf";
  return isContainer && (brands.includes("avif") || brands.includes("avis"));
}

const heifBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "miaf"];

/** Longer signatures before shorter ones that they begin with. Sources: the formats' own documents and IANA. */
const foreignSignatures: readonly (readonly [signature: string, at: number, name: string])[] = [
  ["%PDF-", 0, "a PDF document"],
  ["%!PS", 0, "a PostScript document"],
  ["PK\x03\x04", 0, "a ZIP archive"],
  ["PK\x05\x06", 0, "a ZIP archive"],
  ["PK\x07\x08", 0, "a ZIP archive"],
  ["\x1f\x8b", 0, "a gzip archive"],
  ["BZh", 0, "a bzip2 archive"],
  ["\xfd7zXZ\0", 0, "an xz archive"],
  ["\x28\xb5\x2f\xfd", 0, "a Zstandard archive"],
  ["7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive"],
  ["Rar!\x1a\x07", 0, "a RAR archive"],
  ["ustar", 257, "a tar archive"],
  ["II*\0", 0, "a TIFF or camera raw picture"],
  ["MM\0*", 0, "a TIFF or camera raw picture"],
  ["II+\0", 0, "a TIFF picture"],
  ["MM\0+", 0, "a TIFF picture"],
  ["8BPS", 0, "a Photoshop document"],
  ["\0\0\x01\0", 0, "a Windows icon"],
  ["\xff\x0a", 0, "a JPEG XL picture"],
  ["\0\0\0\x0cJXL ", 0, "a JPEG XL picture"],
  ["\0\0\0\x0cjP  ", 0, "a JPEG 2000 picture"],
  ["\xff\x4f\xff\x51", 0, "a JPEG 2000 picture"],
  ["\x1aE\xdf\xa3", 0, "a video"],
  ["FLV\x01", 0, "a video"],
  ["\0\0\x01\xba", 0, "a video"],
  ["\0\0\x01\xb3", 0, "a video"],
  ["OggS", 0, "a video or sound recording"],
  ["ID3", 0, "a sound recording"],
  ["\x7fELF", 0, "a program"],
  ["MZ", 0, "a program"],
  ["BM", 0, "a BMP picture"],
];

function foreignType(bytes: Buffer): string {
  if (bytes.length === 0) return "an empty file";
  const brands = isoMediaBrands(bytes);
  if (brands.length > 0) {
    return heifBrands.includes(brands[0] ?? "") ? "a HEIC photo" : "a video";
  }
  if (startsWith(bytes, "RIFF")) return startsWith(bytes, "AVI ", 8) ? "a video" : "a sound recording";
  for (const [signature, at, name] of foreignSignatures) {
    if (startsWith(bytes, signature, at)) return name;
  }
  if (["moov", "mdat", "wide", "free"].some((box) => startsWith(bytes, box, 4))) return "a video";
  return textType(bytes) ?? "a file of unknown type";
}

/** Marks of a text's kind are looked for anywhere in the head: they may come after comments and declarations. */
function textType(bytes: Buffer): string | undefined {
  const isUtf16 = startsWith(bytes, "\xff\xfe") || startsWith(bytes, "\xfe\xff");
  const text = isUtf16 ? bytes.toString("latin1").replaceAll("\0", "") : bytes.toString("latin1");
  if (!isUtf16 && text.includes("\0")) return undefined;
  if (/<svg[\s>]/i.test(text) && !/<html[\s>]/i.test(text)) return "an SVG drawing";
  if (/<!doctype\s+html|<(?:html|head|body|script|iframe)[\s>]/i.test(text)) return "an HTML page";
  if (/^[\s\ufeff\xef\xbb\xbf]*<\?xml/i.test(text)) return "an XML document";
  if (/^#!|<\?php/i.test(text)) return "a script";
  const isReadable = isUtf16 || isUtf8(bytes) || bytes.length === sniffedBytes;
  return isReadable && /^[\t\n\f\r\x20-\x7e\x80-\xff]*$/.test(text) ? "a text" : undefined;
}

/** Major brand first, then the compatible ones; empty when the file is no ISO media file (ISO/IEC 14496-12 § 4.3). */
function isoMediaBrands(bytes: Buffer): readonly string[] {
  if (bytes.length < 12 || !startsWith(bytes, "ftyp", 4)) return [];
  const end = Math.min(bytes.readUInt32BE(0), bytes.length);
  const brands = [bytes.toString("latin1", 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(bytes.toString("latin1", at, at + 4));
  return brands;
}

function startsWith(bytes: Buffer, signature: string, at = 0): boolean {
  return bytes.toString("latin1", at, at + signature.length) === signature;
}
