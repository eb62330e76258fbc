import sharp, { type Metadata } from "sharp";
import type { BookPicture } from "./book.ts";
import { type Glance, glanceAt } from "./book-colours.ts";
import { type PageSize, type PicturePlace, placePicture } from "./picture-place.ts";

/** A picture as it goes to the press. */
export interface PreparedPicture {
  readonly bytes: Uint8Array;
  readonly extension: "png" | "jpg";
  readonly place: PicturePlace;
  readonly glance: Glance;
}

/** What printers ask for; more only makes the file larger. */
const pixelsPerInchMax = 300;
const pixelsMax = 50_000_000;
/** A PNG with fewer bytes per pixel is drawn in flat colours: JPEG would soften its edges, and not make it smaller. */
const flatBytesPerPixel = 0.35;
/**
 * At 4:4:4 nothing of it can be seen in print, and a photographic PNG shrinks to a tenth. Tables of its own (the default)
 * save 4 % of the bytes and take six times the work: 200 ms of CPU for 1024 × 1536 against 35.
 */
const jpeg = { quality: 92, chromaSubsampling: "4:4:4", optimiseCoding: false } as const;

/**
 * The picture for its page: at most 300 pixels an inch, upright, sRGB, without transparency (white shows through) and
 * without metadata of a camera. A JPEG that is all this already keeps its own bytes. Null when it cannot be decoded.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function preparePicture(
  picture: BookPicture,
  page: PageSize,
  signal: AbortSignal,
): Promise<PreparedPicture | null> {
  signal.throwIfAborted();
  const metadata = await inspect(picture.bytes);
  if (metadata === null) return null;
  try {
    const size = { width: metadata.autoOrient.width, height: metadata.autoOrient.height };
    const centred = placePicture(size, page, { x: 0.5, y: 0.5 });
    const place = isCut(centred, page) ? placePicture(size, page, await findFocus(picture.bytes, page)) : centred;
    signal.throwIfAborted();
    const encoded = await encode(picture.bytes, metadata, place);
    // Whether encoded anew or looked at here, it was decoded to its end: only that shows a file that was cut short.
    return { place, glance: await glanceAt(encoded.bytes), ...encoded };
  } catch (error) {
    signal.throwIfAborted();
    if (isUndecodable(error)) return null;
    throw error;
  }
}

async function inspect(bytes: Uint8Array): Promise<Metadata | null> {
  try {
    const metadata = await sharp(bytes, { limitInputPixels: pixelsMax }).metadata();
    return metadata.format === "png" || metadata.format === "jpeg" ? metadata : null;
  } catch (error) {
    if (isUndecodable(error)) return null;
    throw error;
  }
}

/** libvips tells of what is wrong with a file in plain errors; what is wrong with our call is a TypeError. */
const isUndecodable = (error: unknown): boolean => error instanceof Error && !(error instanceof TypeError);

/** A twelfth may be cut away in the middle without looking where: 2:3 on A4 loses less. */
const isCut = (place: PicturePlace, { width, height, bleed }: PageSize): boolean =>
  place.isFull && Math.max(place.width / (width + 2 * bleed), place.height / (height + 2 * bleed)) > 1 + 1 / 12;

/** The point that draws the eye, 0 to 1 each way, found on a small copy. */
async function findFocus(bytes: Uint8Array, page: PageSize): Promise<{ x: number; y: number }> {
  const width = 96;
  const height = Math.round((96 * page.height) / page.width);
  const upright = sharp(bytes, { limitInputPixels: pixelsMax }).autoOrient();
  const { data, info } = await upright
    .resize({ width, height, fit: "outside" })
    .png()
    .toBuffer({ resolveWithObject: true });
  const crop = await sharp(data)
    .resize({ width, height, fit: "cover", position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    x: (-(crop.info.cropOffsetLeft ?? 0) + width / 2) / info.width,
    y: (-(crop.info.cropOffsetTop ?? 0) + height / 2) / info.height,
  };
}

async function encode(
  bytes: Uint8Array,
  metadata: Metadata,
  { pixelsPerInch }: PicturePlace,
): Promise<{ bytes: Uint8Array; extension: "png" | "jpg" }> {
  const isTooFine = pixelsPerInch > pixelsPerInchMax * 1.02;
  const isFlat = metadata.format === "png" && bytes.byteLength < flatBytesPerPixel * metadata.width * metadata.height;
  const isPlain =
    !isTooFine && !metadata.hasAlpha && !metadata.hasProfile && (metadata.space === "srgb" || metadata.space === "b-w");
  const isUpright = (metadata.orientation ?? 1) === 1 && metadata.exif === undefined;
  if (isPlain && isUpright && metadata.format === "jpeg") return { bytes, extension: "jpg" };
  if (isPlain && isUpright && isFlat) return { bytes, extension: "png" };

  let image = sharp(bytes, { limitInputPixels: pixelsMax }).autoOrient().flatten({ background: "#ffffff" });
  if (isTooFine) {
    const scale = pixelsPerInchMax / pixelsPerInch;
    image = image.resize({ width: Math.round(metadata.autoOrient.width * scale), kernel: "lanczos3" });
  }
  image = image.toColourspace("srgb");
  return isFlat
    ? { bytes: await image.png({ compressionLevel: 3 }).toBuffer(), extension: "png" }
    : { bytes: await image.jpeg(jpeg).toBuffer(), extension: "jpg" };
}
