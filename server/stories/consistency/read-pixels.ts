import sharp from "sharp";

/** `side` × `side` pixels, sRGB, three bytes each, row by row; the picture's shape is not kept. */
export interface Pixels {
  readonly side: number;
  readonly rgb: Uint8Array;
}

const side = 72;
const pixelsMax = 50_000_000;

/** A small copy of a picture, transparent parts on white; null when it cannot be decoded. */
export async function readPixels(picture: Uint8Array): Promise<Pixels | null> {
  try {
    const image = sharp(picture, { limitInputPixels: pixelsMax }).autoOrient().flatten({ background: "#ffffff" });
    const rgb = await image.resize({ width: side, height: side, fit: "fill" }).toColourspace("srgb").raw().toBuffer();
    return { side, rgb };
  } catch (error) {
    if (error instanceof Error && !(error instanceof TypeError)) return null;
    throw error;
  }
}
