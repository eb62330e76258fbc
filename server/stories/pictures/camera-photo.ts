import sharp from "sharp";

/**
 * Whether a picture says of itself that a camera took it: EXIF with a maker (TIFF tag 271) or a model (272). Pictures
 * that are drawn, by hand or by a model, have neither. Nothing is decoded.
 */
export async function isCameraPhoto(bytes: Uint8Array): Promise<boolean> {
  const { exif } = await sharp(bytes).metadata();
  return exif !== undefined && tagsOfFirstDirectory(exif).some((tag) => tag === 271 || tag === 272);
}

const entriesMax = 200;
const entryBytes = 12;

/** The tags of IFD0 (TIFF 6.0 §2); empty for what is no EXIF. */
function tagsOfFirstDirectory(exif: Buffer): readonly number[] {
  const tiff = exif.subarray(0, 4).toString("latin1") === "Exif" ? exif.subarray(6) : exif;
  const order = tiff.subarray(0, 2).toString("latin1");
  if ((order !== "II" && order !== "MM") || tiff.length < 8) return [];
  const read16 = (at: number) => (order === "II" ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = order === "II" ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return [];
  const count = Math.min(read16(start), entriesMax, Math.floor((tiff.length - start - 2) / entryBytes));
  return Array.from({ length: Math.max(count, 0) }, (_, index) => read16(start + 2 + index * entryBytes));
}
