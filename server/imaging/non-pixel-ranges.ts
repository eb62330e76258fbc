import type { ImageMimeType } from "./magic-bytes.ts";

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of an image file that hold something other than pixels: metadata, comments, and whatever follows the
 * picture's end. Pixels are left out because compressed data holds every short byte sequence sooner or later.
 *
 * Never throws: where the structure breaks off, the walk stops, and the decoder will say what is wrong.
 */
export function nonPixelRanges(bytes: Buffer, mimeType: ImageMimeType): readonly ByteRange[] {
  switch (mimeType) {
    case "image/jpeg":
      return jpegRanges(bytes);
    case "image/png":
      return pngRanges(bytes);
    case "image/gif":
      return gifRanges(bytes);
    case "image/webp":
      return webpRanges(bytes);
    case "image/avif":
      return avifRanges(bytes);
  }
}

/** No real file comes near; past it, ranges run together over the pixels between them, so that work stays bounded. */
const rangesMax = 10_000;

function add(ranges: ByteRange[], start: number, end: number): void {
  if (end <= start) return;
  const last = ranges.at(-1);
  if (last && (last.end === start || ranges.length >= rangesMax))
    ranges[ranges.length - 1] = { start: last.start, end };
  else ranges.push({ start, end });
}

/** ITU T.81 annex B: segments with a length, and after each SOS entropy-coded data up to the next real marker. */
function jpegRanges(bytes: Buffer): ByteRange[] {
  const ranges: ByteRange[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) {
      add(ranges, at + 2, bytes.length);
      return ranges;
    }
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isStandalone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const end = isStandalone ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2);
    add(ranges, at, Math.min(end, bytes.length));
    at = marker === 0xda ? nextJpegMarker(bytes, end) : end;
  }
  return ranges;
}

function nextJpegMarker(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0x00 || (next >= 0xd0 && next <= 0xd7);
    if (!isData && next !== 0xff) return at;
    at = bytes.indexOf(0xff, at + (isData ? 2 : 1));
  }
  return bytes.length;
}

/** PNG third edition § 5.3: length, type, data, CRC. */
function pngRanges(bytes: Buffer): ByteRange[] {
  const ranges: ByteRange[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (type === "IEND") {
      add(ranges, end, bytes.length);
      break;
    }
    if (type !== "IDAT" && type !== "fdAT") add(ranges, at + 8, Math.min(end, bytes.length));
    at = end;
  }
  return ranges;
}

/** GIF89a: the screen, then extensions (0x21) and images (0x2C) made of sub-blocks, then the trailer (0x3B). */
function gifRanges(bytes: Buffer): ByteRange[] {
  const ranges: ByteRange[] = [];
  add(ranges, 6, Math.min(13, bytes.length));
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x21) {
      const end = endOfSubBlocks(bytes, at + 2);
      add(ranges, at + 2, end);
      at = end;
    } else if (block === 0x2c) {
      at = endOfSubBlocks(bytes, at + 11 + colourTableBytes(bytes[at + 9] ?? 0));
    } else {
      add(ranges, at + 1, bytes.length);
      break;
    }
  }
  return ranges;
}

function colourTableBytes(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 0x07) + 1) : 0;
}

function endOfSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const sizeBytes = bytes[at] ?? 0;
    at += 1 + sizeBytes;
    if (sizeBytes === 0) break;
  }
  return Math.min(at, bytes.length);
}

const webpPixelChunks = ["VP8 ", "VP8L", "ANMF", "ALPH"];

/** WebP container: RIFF chunks, padded to an even length, inside the size that the file's first chunk declares. */
function webpRanges(bytes: Buffer): ByteRange[] {
  const ranges: ByteRange[] = [];
  const riffEnd = Math.min(8 + bytes.readUInt32LE(4), bytes.length);
  let at = 12;
  while (at + 8 <= riffEnd) {
    const sizeBytes = bytes.readUInt32LE(at + 4);
    const end = Math.min(at + 8 + sizeBytes + (sizeBytes % 2), riffEnd);
    if (!webpPixelChunks.includes(bytes.toString("latin1", at, at + 4))) add(ranges, at + 8, end);
    at = end;
  }
  add(ranges, riffEnd, bytes.length);
  return ranges;
}

/**
 * ISO/IEC 14496-12 § 4.2: boxes with a 32-bit size, 1 for a 64-bit one, 0 for "to the end of the file". Sizes and types belong
 * to the ranges: what is appended is no box, and begins where a box's size would be.
 */
function avifRanges(bytes: Buffer): ByteRange[] {
  const ranges: ByteRange[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const declared = bytes.readUInt32BE(at);
    const long = declared === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : declared;
    const end = long === 0 ? bytes.length : Math.min(at + Math.max(long, 8), bytes.length);
    if (bytes.toString("latin1", at + 4, at + 8) !== "mdat") add(ranges, at, end);
    at = end;
  }
  add(ranges, at, bytes.length);
  return ranges;
}
