import { crc32, inflateSync } from "node:zlib";
import type { PictureMimeType } from "../types.ts";

/** https://cv.iptc.org/newscodes/digitalsourcetype/: by a trained model, or by a rule. */
export type DigitalSourceType = "trainedAlgorithmicMedia" | "algorithmicMedia";

const sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";
const pngKeyword = "XML:com.adobe.xmp";
const jpegHeader = Buffer.from("http://ns.adobe.com/xap/1.0/\0", "latin1");
/** A segment's length has two bytes, which it counts too. */
const segmentBytesMax = 65_533;
/** A packet that is larger says more than we want to know. */
const packetBytesMax = 1024 * 1024;

/**
 * The same picture, bit by bit, with XMP that says how it came to be (`Iptc4xmpExt:DigitalSourceType`). A packet that is
 * there already is kept and added to; one that says it already stays as it is.
 */
export function withProvenance(bytes: Uint8Array, mimeType: PictureMimeType, type: DigitalSourceType): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return mimeType === "image/png" ? markPng(buffer, type) : markJpeg(buffer, type);
}

/** Whether the bytes carry a C2PA manifest (C2PA 2.2, A.3: PNG chunk `caBX`, JPEG APP11 with JUMBF). */
export function hasC2paManifest(bytes: Uint8Array, mimeType: PictureMimeType): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mimeType === "image/png") return pngChunks(buffer).some(({ type }) => type === "caBX");
  return jpegSegments(buffer).some(({ marker, data }) => marker === 0xeb && data.includes("c2pa"));
}

function packetOf(type: DigitalSourceType, before: string | null): string {
  const description =
    `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ` +
    `Iptc4xmpExt:DigitalSourceType="${sourceTypes}${type}"/>`;
  if (before?.includes("</rdf:RDF>")) return before.replace("</rdf:RDF>", `${description}</rdf:RDF>`);
  return (
    `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF></x:xmpmeta>` +
    `<?xpacket end="w"?>`
  );
}

interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
  /** Of the whole chunk, length and checksum included. */
  readonly start: number;
  readonly end: number;
}

/** Stops at the first thing that is no chunk. */
function pngChunks(bytes: Buffer): readonly PngChunk[] {
  const chunks: PngChunk[] = [];
  for (let start = 8; start + 12 <= bytes.length; ) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (end > bytes.length) break;
    chunks.push({
      type: bytes.toString("latin1", start + 4, start + 8),
      data: bytes.subarray(start + 8, end - 4),
      start,
      end,
    });
    start = end;
  }
  return chunks;
}

function markPng(bytes: Buffer, type: DigitalSourceType): Buffer {
  const chunks = pngChunks(bytes);
  const header = chunks.find((chunk) => chunk.type === "IHDR");
  if (header === undefined) return bytes;
  const existing = chunks.find(
    ({ type: kind, data }) =>
      kind in pngTexts && data.toString("latin1", 0, pngKeyword.length + 1) === `${pngKeyword}\0`,
  );
  const before = existing === undefined ? null : (pngTexts[existing.type]?.(existing.data) ?? null);
  if (before?.includes("DigitalSourceType")) return bytes;
  const chunk = pngChunk(
    "iTXt",
    Buffer.concat([
      Buffer.from(`${pngKeyword}\0`, "latin1"),
      // Not compressed; no language, no translated keyword.
      Buffer.from([0, 0, 0, 0]),
      Buffer.from(packetOf(type, before), "utf8"),
    ]),
  );
  // One that cannot be read gives way as well: a second one is not allowed.
  if (existing !== undefined) {
    return Buffer.concat([bytes.subarray(0, existing.start), chunk, bytes.subarray(existing.end)]);
  }
  return Buffer.concat([bytes.subarray(0, header.end), chunk, bytes.subarray(header.end)]);
}

/**
 * How each kind of text chunk holds its text after the keyword (PNG 3rd ed. §11.3.3); null when it is broken. XMP belongs
 * into `iTXt`, and libvips writes `zTXt`.
 */
const pngTexts: Readonly<Record<string, (data: Buffer) => string | null>> = {
  tEXt: (data) => data.toString("utf8", pngKeyword.length + 1),
  zTXt: (data) => inflated(data.subarray(pngKeyword.length + 2)),
  iTXt: (data) => {
    const language = data.indexOf(0, pngKeyword.length + 3);
    const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (translated < 0) return null;
    const text = data.subarray(translated + 1);
    return data[pngKeyword.length + 1] === 1 ? inflated(text) : text.toString("utf8");
  },
};

function inflated(bytes: Buffer): string | null {
  try {
    return inflateSync(bytes, { maxOutputLength: packetBytesMax }).toString("utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  const checksum = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

interface JpegSegment {
  readonly marker: number;
  readonly data: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Those before the picture itself (start of scan). */
function jpegSegments(bytes: Buffer): readonly JpegSegment[] {
  const segments: JpegSegment[] = [];
  for (let start = 2; start + 4 <= bytes.length && bytes[start] === 0xff; ) {
    const marker = bytes[start + 1] ?? 0;
    const end = start + 2 + bytes.readUInt16BE(start + 2);
    if (marker === 0xda || end > bytes.length) break;
    segments.push({ marker, data: bytes.subarray(start + 4, end), start, end });
    start = end;
  }
  return segments;
}

function markJpeg(bytes: Buffer, type: DigitalSourceType): Buffer {
  const segments = jpegSegments(bytes);
  const existing = segments.find(
    ({ marker, data }) => marker === 0xe1 && data.subarray(0, jpegHeader.length).equals(jpegHeader),
  );
  const before = existing === undefined ? null : existing.data.toString("utf8", jpegHeader.length);
  if (before?.includes("DigitalSourceType")) return bytes;
  const data = Buffer.concat([jpegHeader, Buffer.from(packetOf(type, before), "utf8")]);
  // A packet that fills its segment has no room; it is replaced, since a second one is not allowed.
  if (data.length > segmentBytesMax) return markJpeg(without(bytes, existing), type);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1);
  head.writeUInt16BE(data.length + 2, 2);
  const segment = Buffer.concat([head, data]);
  if (existing !== undefined) {
    return Buffer.concat([bytes.subarray(0, existing.start), segment, bytes.subarray(existing.end)]);
  }
  // JFIF wants to be first (ITU-T T.871), Exif second.
  const at = segments.filter(({ marker }) => marker === 0xe0 || marker === 0xe1).at(-1)?.end ?? 2;
  return Buffer.concat([bytes.subarray(0, at), segment, bytes.subarray(at)]);
}

function without(bytes: Buffer, segment: JpegSegment | undefined): Buffer {
  return segment === undefined ? bytes : Buffer.concat([bytes.subarray(0, segment.start), bytes.subarray(segment.end)]);
}
