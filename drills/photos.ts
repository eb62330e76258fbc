import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Random } from "./random.ts";

export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** A picture of one colour with grain over it: two photos never have the same bytes, and each is known by its colour. */
export interface Photo {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly mimeType: string;
  readonly colour: Colour;
}

export interface PhotoLook {
  readonly width?: number;
  readonly height?: number;
  readonly format?: "jpeg" | "png";
  /** How far the grain goes from the colour, up to 60; more of it makes larger files. */
  readonly grain?: number;
}

/** Five steps a channel, far enough apart to survive resizing and JPEG, and from the ends for grain of up to 60. */
const steps = [64, 96, 128, 160, 192];

/** Makes photos and remembers them, so that any thumbnail can be held against its original. */
export class PhotoAlbum {
  readonly #random: Random;
  readonly #photos = new Map<string, Photo>();

  constructor(random: Random) {
    this.#random = random;
  }

  async make(look: PhotoLook = {}): Promise<Photo> {
    const { width = 640, height = 480, format = "jpeg", grain = 12 } = look;
    const colour = { r: this.#random.pick(steps), g: this.#random.pick(steps), b: this.#random.pick(steps) };
    const number = this.#photos.size + 1;
    const grained = sharp(this.#pixels(width, height, colour, grain), { raw: { width, height, channels: 3 } });
    // The number keeps two photos of one colour, and no grain, apart.
    const marked = grained.withExif({ IFD0: { ImageDescription: `photo ${number}` } });
    const bytes = await (format === "jpeg"
      ? marked.jpeg({ quality: 85 })
      : marked.png({ compressionLevel: 1 })
    ).toBuffer();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const photo = { name: `photo-${number}.${format}`, bytes, sha256, mimeType: `image/${format}`, colour };
    this.#photos.set(sha256, photo);
    return photo;
  }

  async makeMany(count: number, look?: PhotoLook): Promise<Photo[]> {
    const photos: Photo[] = [];
    for (let made = 0; made < count; made += 1) photos.push(await this.make(look));
    return photos;
  }

  find(sha256: string): Photo | undefined {
    return this.#photos.get(sha256);
  }

  /** One line of grain, repeated from a random place on in every row: quick to make and no two rows alike. */
  #pixels(width: number, height: number, { r, g, b }: Colour, grain: number): Buffer {
    const channels = [r, g, b];
    const line = Buffer.alloc(width * 2 * 3);
    for (let at = 0; at < line.length; at += 1) {
      line[at] = (channels[at % 3] ?? 0) + this.#random.whole(-grain, grain);
    }
    const pixels = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y += 1) {
      const from = this.#random.whole(0, width - 1) * 3;
      line.copy(pixels, y * width * 3, from, from + width * 3);
    }
    return pixels;
  }
}

const colourTolerance = 14;

/** What is wrong with a thumbnail of `photo`; null when it is a picture of `box`'s size in the photo's colour. */
export async function thumbnailFault(
  bytes: Uint8Array,
  box: { readonly width: number; readonly height: number },
  photo: Photo,
): Promise<string | null> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== box.width || info.height !== box.height) {
    return `is ${info.width}×${info.height}, not ${box.width}×${box.height}`;
  }
  const seen = middleColour(data, info.width, info.height, info.channels);
  const isAlike = (["r", "g", "b"] as const).every(
    (name) => Math.abs(seen[name] - photo.colour[name]) <= colourTolerance,
  );
  return isAlike ? null : `shows ${JSON.stringify(seen)}, not the ${JSON.stringify(photo.colour)} of ${photo.name}`;
}

/** The mean of the middle quarter: never the white at the edges. */
function middleColour(pixels: Buffer, width: number, height: number, channels: number): Colour {
  const sums = [0, 0, 0];
  let counted = 0;
  for (let y = Math.floor(height * 0.375); y < height * 0.625; y += 1) {
    for (let x = Math.floor(width * 0.375); x < width * 0.625; x += 1) {
      for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (pixels[(y * width + x) * channels + c] ?? 0);
      counted += 1;
    }
  }
  const [r = 0, g = 0, b = 0] = sums.map((sum) => Math.round(sum / counted));
  return { r, g, b };
}
